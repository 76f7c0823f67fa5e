# Network, load balancer, firewall, certificate and names: things with ids, told apart by their tag.
locals {
  ec2_makes = [
    "ec2:AllocateAddress", "ec2:AuthorizeSecurityGroup*", "ec2:CreateFlowLogs", "ec2:CreateInternetGateway",
    "ec2:CreateNatGateway", "ec2:CreateNetworkAcl", "ec2:CreateRouteTable", "ec2:CreateSecurityGroup",
    "ec2:CreateSubnet", "ec2:CreateVpc", "ec2:CreateVpcEndpoint",
  ]

  vpc_defaults = ["network-acl", "route-table", "security-group"]

  # Names below a domain that an environment may write: its API, and what proves a certificate.
  record_names = {
    for environment in local.environments : environment => [
      for start in ["api.", "_*."] : "${start}${environment == "prod" ? "" : "${environment}."}${var.domain_name}"
    ]
  }

  terraform_network = {
    for environment in local.environments : environment => merge({
      MakeNetwork = {
        actions   = local.ec2_makes
        resources = ["*"]
        when      = local.made_here[environment]
      }
      # A new subnet is checked against its VPC as well, a new rule against its group.
      KeepNetwork = {
        actions = concat(local.ec2_makes, [
          "ec2:Associate*", "ec2:Attach*", "ec2:CreateNetworkAclEntry", "ec2:CreateRoute", "ec2:CreateTags", "ec2:Delete*",
          "ec2:Detach*", "ec2:Disassociate*", "ec2:ModifySecurityGroupRules", "ec2:ModifySubnetAttribute", "ec2:ModifyVpc*",
          "ec2:ReleaseAddress", "ec2:Replace*", "ec2:RevokeSecurityGroup*", "ec2:UpdateSecurityGroupRuleDescriptions*",
        ])
        resources = ["*"]
        when      = local.kept_here[environment]
      }
      TagWhatIsMade = {
        actions   = ["ec2:CreateTags"]
        resources = ["arn:aws:ec2:${var.region}:${var.account_id}:*"]
        when      = merge(local.made_here[environment], { Null = { "ec2:CreateAction" = "false" } })
      }
      # A VPC comes with a group, a list and a table of routes that nobody has tagged yet.
      AdoptDefaults = {
        actions   = ["ec2:CreateTags"]
        resources = [for kind in local.vpc_defaults : "arn:aws:ec2:${var.region}:${var.account_id}:${kind}/*"]
        when      = merge(local.made_here[environment], { Null = { "aws:ResourceTag/Environment" = "true" } })
      }
      # The provider empties the list before it tags it. Without entries a list refuses everything, so this only closes.
      # The table needs nothing of the kind: it starts with the local route, which stays.
      CloseDefaultList = {
        actions   = ["ec2:DeleteNetworkAclEntry"]
        resources = ["arn:aws:ec2:${var.region}:${var.account_id}:network-acl/*"]
        when      = { Null = { "aws:ResourceTag/Environment" = "true" } }
      }
      # Private names of endpoints lie in zones that AWS owns.
      NameEndpoints = {
        actions   = ["route53:AssociateVPCWithHostedZone"]
        resources = ["arn:aws:route53:::hostedzone/*"]
      }
      BalanceLoad = {
        actions = [
          "elasticloadbalancing:Add*", "elasticloadbalancing:Create*", "elasticloadbalancing:Delete*",
          "elasticloadbalancing:Modify*", "elasticloadbalancing:Remove*", "elasticloadbalancing:Set*",
        ]
        resources = [
          for kind in ["loadbalancer/app", "listener/app", "listener-rule/app", "targetgroup"] :
          "arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:${kind}/${local.own[environment].name}-*"
        ]
      }
      Firewall = {
        actions = [
          "wafv2:AssociateWebACL", "wafv2:CreateWebACL", "wafv2:DeleteLoggingConfiguration", "wafv2:DeleteWebACL",
          "wafv2:DisassociateWebACL", "wafv2:PutLoggingConfiguration", "wafv2:TagResource", "wafv2:UntagResource",
          "wafv2:UpdateWebACL",
        ]
        resources = [
          "arn:aws:wafv2:${var.region}:${var.account_id}:*/webacl/${local.own[environment].name}-*",
          "arn:aws:wafv2:${var.region}:*:*/managedruleset/*",
          "arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/app/${local.own[environment].name}-*",
        ]
      }
      MakeCertificateOrFront = {
        actions = [
          "acm:AddTagsToCertificate", "acm:RequestCertificate", "cloudfront:CreateDistribution", "cloudfront:TagResource",
          "logs:CreateDelivery", "logs:PutDelivery*", "logs:TagResource",
        ]
        resources = ["*"]
        when      = local.made_here[environment]
      }
      KeepCertificateOrFront = {
        actions = [
          "acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RemoveTagsFromCertificate", "acm:UpdateCertificateOptions",
          "cloudfront:AllowVendedLogDeliveryForResource", "cloudfront:DeleteDistribution", "cloudfront:TagResource",
          "cloudfront:UntagResource", "cloudfront:UpdateDistribution", "logs:CreateDelivery", "logs:DeleteDelivery*",
          "logs:PutDelivery*", "logs:TagResource", "logs:UntagResource", "logs:UpdateDeliveryConfiguration",
        ]
        resources = ["*"]
        when      = local.kept_here[environment]
      }
      WriteOwnNames = {
        actions   = ["route53:ChangeResourceRecordSets"]
        resources = ["arn:aws:route53:::hostedzone/*"]
        when = {
          "ForAllValues:StringLike" = { "route53:ChangeResourceRecordSetsNormalizedRecordNames" = local.record_names[environment] }
          Null                      = { "route53:ChangeResourceRecordSetsNormalizedRecordNames" = "false" }
        }
      }
      # The association with a load balancer, and log deliveries, know no resource.
      ConnectFirewall = {
        actions = [
          "elasticloadbalancing:SetWebAcl", "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DeleteResourcePolicy",
          "logs:DescribeResourcePolicies", "logs:PutResourcePolicy",
        ]
      }
      }, {
      # Health checks carry no environment: only prod, which alone has one, may make them.
      for sid, owner in { CheckHealth = "prod" } : sid => {
        actions                       = ["route53:ChangeTagsForResource", "route53:CreateHealthCheck", "route53:DeleteHealthCheck", "route53:UpdateHealthCheck"]
        resources                     = ["*"]
      } if owner == environment
    })
  }
}
