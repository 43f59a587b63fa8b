locals {
  # The target groups with machines, and the port of each; another one has none.
  ports = { web = 80, second = 8080, pinned = 8081 }
}

resource "aws_lb" "web" {
  name            = var.name
  security_groups = [aws_security_group.balancer.id]
  subnets         = aws_subnet.public[*].id
  # A request that nobody answers ends soon.
  idle_timeout = 5
}

resource "aws_lb_target_group" "web" {
  for_each             = merge(local.ports, { empty = 80 })
  name                 = "${var.name}-${each.key}"
  vpc_id               = aws_vpc.web.id
  port                 = each.value
  protocol             = "HTTP"
  deregistration_delay = 10
  health_check {
    path                = "/health"
    interval            = 5
    timeout             = 2
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
  stickiness {
    type    = "lb_cookie"
    enabled = each.key == "pinned"
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web["web"].arn
  }
}

resource "aws_lb_listener_rule" "fixed" {
  # What each condition matches is answered with its name.
  for_each = {
    path   = { priority = 10, condition = { path_pattern = ["/fixed", "/also-*"] } }
    host   = { priority = 11, condition = { host_header = ["shop.example.com"] } }
    method = { priority = 12, condition = { http_request_method = ["DELETE"] } }
  }
  listener_arn = aws_lb_listener.http.arn
  priority     = each.value.priority
  action {
    type = "fixed-response"
    fixed_response {
      status_code  = "418"
      content_type = "text/plain"
      message_body = each.key
    }
  }
  dynamic "condition" {
    for_each = each.value.condition
    content {
      dynamic "path_pattern" {
        for_each = condition.key == "path_pattern" ? [condition.value] : []
        content {
          values = path_pattern.value
        }
      }
      dynamic "host_header" {
        for_each = condition.key == "host_header" ? [condition.value] : []
        content {
          values = host_header.value
        }
      }
      dynamic "http_request_method" {
        for_each = condition.key == "http_request_method" ? [condition.value] : []
        content {
          values = http_request_method.value
        }
      }
    }
  }
}

resource "aws_lb_listener_rule" "query" {
  listener_arn = aws_lb_listener.http.arn
  priority     = 20
  action {
    type = "redirect"
    redirect {
      status_code = "HTTP_302"
      path        = "/moved/#{path}"
    }
  }
  condition {
    query_string {
      key   = "page"
      value = "old*"
    }
  }
  condition {
    source_ip {
      values = ["0.0.0.0/0"]
    }
  }
}

resource "aws_lb_listener_rule" "header" {
  for_each     = { empty = 30, second = 31, pinned = 32 }
  listener_arn = aws_lb_listener.http.arn
  priority     = each.value
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web[each.key].arn
  }
  condition {
    http_header {
      http_header_name = "x-group"
      values           = [each.key]
    }
  }
}

resource "aws_lb_listener_rule" "weighted" {
  for_each     = { weighted = 40, sticky = 41 }
  listener_arn = aws_lb_listener.http.arn
  priority     = each.value
  action {
    type = "forward"
    forward {
      target_group {
        arn    = aws_lb_target_group.web["web"].arn
        weight = 3
      }
      target_group {
        arn    = aws_lb_target_group.web["second"].arn
        weight = 1
      }
      stickiness {
        enabled  = each.key == "sticky"
        duration = 60
      }
    }
  }
  condition {
    path_pattern {
      values = ["/${each.key}"]
    }
  }
}
