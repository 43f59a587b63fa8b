data "aws_ami" "debian" {
  owners      = ["136693071363"]
  most_recent = true
  filter {
    name   = "name"
    values = ["debian-12-amd64-*"]
  }
}

resource "aws_launch_template" "web" {
  name_prefix            = "${var.name}-"
  image_id               = data.aws_ami.debian.id
  instance_type          = var.instance_type
  vpc_security_group_ids = [aws_security_group.machines.id]
  update_default_version = true
  user_data = base64encode(templatefile("${path.module}/user-data.sh", {
    revision = var.revision
    region   = var.region
    store    = var.store
    bucket   = aws_s3_bucket.store.bucket
  }))
  iam_instance_profile {
    name = aws_iam_instance_profile.web.name
  }
  metadata_options {
    http_tokens = "required"
  }
  # Machines read the store when they boot.
  depends_on = [aws_iam_role_policy.read_public, aws_s3_object.store]
}

resource "aws_autoscaling_group" "web" {
  name_prefix               = "${var.name}-"
  min_size                  = var.size.min
  max_size                  = var.size.max
  vpc_zone_identifier       = aws_subnet.public[*].id
  health_check_type         = "ELB"
  health_check_grace_period = 90
  default_cooldown          = 30
  default_instance_warmup   = 30
  max_instance_lifetime     = 604800
  termination_policies      = ["OldestInstance"]
  launch_template {
    id      = aws_launch_template.web.id
    version = aws_launch_template.web.latest_version
  }
  dynamic "traffic_source" {
    for_each = local.ports
    content {
      identifier = aws_lb_target_group.web[traffic_source.key].arn
      type       = "elbv2"
    }
  }
  instance_refresh {
    strategy = "Rolling"
    preferences {
      instance_warmup        = 10
      min_healthy_percentage = 50
    }
  }
  tag {
    key                 = "Name"
    value               = var.name
    propagate_at_launch = true
  }
  depends_on = [aws_lb_listener.http]
}

resource "aws_autoscaling_policy" "requests" {
  name                   = "${var.name}-requests"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 300
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.web.arn_suffix}/${aws_lb_target_group.web["web"].arn_suffix}"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "not_found" {
  alarm_name          = "${var.name}-not-found"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_4XX_Count"
  dimensions          = { LoadBalancer = aws_lb.web.arn_suffix }
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 5
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
}
