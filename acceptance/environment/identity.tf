# The machines' role may read one of the two objects.

resource "aws_s3_bucket" "store" {
  bucket_prefix = "${var.name}-"
  force_destroy = true
}

resource "aws_s3_object" "store" {
  for_each = toset(["public", "private"])
  bucket   = aws_s3_bucket.store.bucket
  key      = each.key
  content  = each.key
}

resource "aws_iam_role" "web" {
  name_prefix = "${var.name}-"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "read_public" {
  role = aws_iam_role.web.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "${aws_s3_bucket.store.arn}/public"
    }]
  })
}

resource "aws_iam_instance_profile" "web" {
  name_prefix = "${var.name}-"
  role        = aws_iam_role.web.name
}
