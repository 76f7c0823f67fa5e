"""Requirements that only a module's own test shows: the other side of a switch, or what a plan does not hold.

An item that no other test names counts as proven by its run; `tests/infra` runs them all.
"""

PROVEN_BY_RUNS = {
    "ARC-01": ("modules/dns", "the_api_can_point_at_cloudfront"),
    "AUT-06": ("modules/ecs-service", "shell_sessions_bring_their_rights"),
    "CMP-10": ("modules/container-registry", "images_are_copied_where_it_is_asked_for"),
    "DNS-05": ("modules/dns", "the_health_check_sees_what_a_caller_sees"),
    "DNS-06": ("modules/content-delivery", "the_firewall_stands_in_front"),
    "IAM-12": ("modules/identity", "a_wildcard_for_the_repository_is_refused"),
    "LAY-01": ("modules/hosted-zone", "signing_uses_a_key_that_only_route_53_signs_with"),
    "MOD-10": ("modules/web-acl", "rules_that_block_good_requests_can_be_silenced"),
    "NET-18": ("modules/networking", "endpoints_can_be_opened_to_the_vpc"),
    "NET-26": ("modules/networking", "a_shell_in_a_task_needs_one_endpoint_more"),
    "PHA-02": ("modules/lock-table", "terraform_finds_what_it_expects"),
    "PHA-05": ("modules/networking", "one_nat_gateway_per_zone_in_prod"),
    "PHA-16": ("modules/secrets", "only_the_databases_document_is_written_and_not_kept"),
    "PHA-31": ("modules/ecs-service", "tasks_may_follow_requests"),
    "PHA-67": ("modules/cost-guard", "tags_are_activated_when_named"),
    "SCR-01": ("modules/secrets", "only_the_databases_document_is_written_and_not_kept"),
    "SEC-16": ("modules/web-acl", "what_costs_or_hinders_can_be_switched_on"),
    "SEC-17": ("modules/web-acl", "what_costs_or_hinders_can_be_switched_on"),
    "STO-07": ("modules/lock-table", "terraform_finds_what_it_expects"),
}
"""Folder and run by the id of the requirement."""
