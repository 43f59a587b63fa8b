# What the checks are carried out on: a small web fleet, as plain Terraform describes it everywhere.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { acceptance = var.name }
  }
}

variable "region" {
  type = string
}

variable "name" {
  description = "The prefix of all names."
  type        = string
}

variable "revision" {
  description = "What the machines answer; another one replaces them."
  type        = string
  default     = "first"
}

variable "size" {
  type    = object({ min = number, max = number })
  default = { min = 2, max = 3 }
}

variable "instance_type" {
  type    = string
  default = "t3.micro"
}

variable "store" {
  description = "The URL of S3 for machines."
  type        = string
}

output "url" {
  value = "http://${aws_lb.web.dns_name}"
}

output "group" {
  value = aws_autoscaling_group.web.name
}

output "target_groups" {
  value = { for name, group in aws_lb_target_group.web : name => group.arn }
}

output "machines_security_group" {
  value = aws_security_group.machines.id
}

output "alarm" {
  value = aws_cloudwatch_metric_alarm.not_found.alarm_name
}
