"""Ten thousand workloads on 36 schedules, decided at one instant: ours beside Cloud Custodian's off-hours filters."""
