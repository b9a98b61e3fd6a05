import Diagnostics
import Model

extension ProductDelivery {
  /// Incidents that began soon after a deployment and of which nobody knows the cause, in words. A hint, never counted:
  /// what comes after something need not come from it.
  func likelyCauses(in zone: Zone) -> [(began: Moment, words: String)] {
    incidents.compactMap { incident -> (began: Moment, words: String)? in
      // Where somebody found out, there is nothing to guess.
      guard incident.causedBy == nil || incident.causedBy == Incident.CausedBy.unknown,
        let began = (incident.began ?? incident.detected)?.value.start(in: zone),
        let deployment = newestDeployment(before: began, in: Set(incident.environments.map(\.value)))
      else { return nil }
      let hours = (began.seconds - deployment.started.seconds) / 3600
      let time = hours < 1 ? "less than an hour" : hours == 1 ? "an hour" : "\(hours) hours"
      let what = "after the deployment of \(deployment.release) did, and its cause is not known."
      return (began, "\(incident.id) began \(time) \(what)")
    }
  }

  /// The one that began last, no more than a day before a moment.
  private func newestDeployment(before moment: Moment, in environments: Set<String>) -> Deployment? {
    // By their ends, so one that was still under way may stand a little later.
    var (low, high) = (0, deployments.count)
    while low < high {
      let middle = (low + high) / 2
      if deployments[middle].ended ?? moment <= moment { low = middle + 1 } else { high = middle }
    }
    var newest: Deployment?
    var position = min(low, deployments.count - 1)
    while position >= 0, let ended = deployments[position].ended, ended.seconds > moment.seconds - 86_400 {
      let deployment = deployments[position]
      let isMeant =
        deployment.environment.isEmpty || environments.isEmpty || environments.contains(deployment.environment)
      if isMeant, deployment.started <= moment, moment.seconds - deployment.started.seconds < 86_400,
        newest.map({ $0.started < deployment.started }) ?? true
      {
        newest = deployment
      }
      position -= 1
    }
    return newest
  }
}
