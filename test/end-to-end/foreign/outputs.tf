output "url" {
  value = "http://${aws_lb.main.dns_name}"
}

output "web_security_group" {
  value = aws_security_group.web.id
}

output "alb_security_group" {
  value = aws_security_group.alb.id
}

output "target_group" {
  value = aws_lb_target_group.web.arn
}
