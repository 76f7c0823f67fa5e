"""What a finding is about, by type, resource and side."""

from typing import Any

import pytest
from opsplane.signals.guardduty_kinds import kind_of

INSTANCE = {"instanceDetails": {"instanceId": "i-1"}}
TASK = {"ecsClusterDetails": {"arn": "c", "taskDetails": {"arn": "t"}}}
KEY = {"accessKeyDetails": {"accessKeyId": "AKIAI44QH8DHBEXAMPLE", "userType": "IAMUser", "userName": "u"}}
SESSION = {"accessKeyDetails": {"accessKeyId": "ASIAI44QH8DHBEXAMPLE", "userType": "AssumedRole", "userName": "r"}}
ROOT = {"accessKeyDetails": {"accessKeyId": "ASIAI44QH8DHBEXAMPLE", "userType": "Root", "userName": "Root"}}
DATABASE = {"rdsDbInstanceDetails": {"dbInstanceIdentifier": "d"}}
FUNCTION = {"lambdaDetails": {"functionName": "f"}}


@pytest.mark.parametrize(
    ("finding", "resource", "kind"),
    [
        ("Backdoor:EC2/C&CActivity.B!DNS", INSTANCE, "instance-threat"),
        ("Trojan:EC2/DNSDataExfiltration", INSTANCE, "instance-threat"),
        ("Execution:Runtime/ReverseShell", INSTANCE, "instance-threat"),
        ("UnauthorizedAccess:EC2/SSHBruteForce", INSTANCE, "instance-threat"),
        ("Recon:EC2/PortProbeUnprotectedPort", INSTANCE, "source-attack"),
        ("Impact:Runtime/CryptoMinerExecuted", TASK, "task-threat"),
        ("Execution:ECS/MaliciousFile", TASK, "task-threat"),
        ("PrivilegeEscalation:Runtime/ContainerMountsHostDirectory", TASK, "privileged-task"),
        ("Execution:Runtime/NewBinaryExecuted", TASK, "threat"),
        ("UnauthorizedAccess:IAMUser/MaliciousIPCaller", KEY, "access-key-threat"),
        ("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS", SESSION, "session-threat"),
        ("UnauthorizedAccess:IAMUser/TorIPCaller", ROOT, "threat"),
        ("Policy:IAMUser/RootCredentialUsage", ROOT, "root-activity"),
        ("Stealth:IAMUser/CloudTrailLoggingDisabled", KEY, "trail"),
        ("Discovery:IAMUser/AnomalousBehavior", KEY, "threat"),
        ("Exfiltration:S3/MaliciousIPCaller", KEY, "access-key-threat"),
        ("Policy:S3/BucketAnonymousAccessGranted", KEY, "bucket-exposure"),
        ("Policy:S3/AccountBlockPublicAccessDisabled", KEY, "account-public-access"),
        ("Stealth:S3/ServerAccessLoggingDisabled", KEY, "bucket-protection"),
        ("CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin", DATABASE, "database-login"),
        ("Backdoor:Lambda/C&CActivity.B", FUNCTION, "function-threat"),
        ("AttackSequence:IAM/CompromisedCredentials", {}, "threat"),
        ("Something:New/Entirely", {}, "threat"),
    ],
)
def test_the_type_and_the_resource_tell_the_kind(finding: str, resource: dict[str, Any], kind: str) -> None:
    """A long-lived key is disabled, a session revoked, a workload isolated."""
    assert kind_of(finding, "ACTOR", resource) == kind


def test_the_victim_of_a_brute_force_attack_is_not_the_threat() -> None:
    """Its attacker is blocked; an instance that attacks others is cut off."""
    finding = "UnauthorizedAccess:EC2/SSHBruteForce"

    assert kind_of(finding, "TARGET", INSTANCE) == "source-attack"
    assert kind_of(finding, "ACTOR", INSTANCE) == "instance-threat"
