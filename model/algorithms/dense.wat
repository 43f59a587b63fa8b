;; The inner loops of training on dense numbers. All places are addresses in bytes of floats; all counts of floats are
;; multiples of four, which the caller fills up with zeros. Nothing is reordered, so every machine gets the same bits.
(module
  (import "trainer" "memory" (memory 1))

  ;; sums += factor x values, `count` floats.
  (func $add (param $sums i32) (param $values i32) (param $factor f32) (param $count i32)
    (local $end i32) (local $factors v128)
    (local.set $factors (f32x4.splat (local.get $factor)))
    (local.set $end (i32.add (local.get $sums) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $sums) (local.get $end)))
        (v128.store (local.get $sums)
          (f32x4.add (v128.load (local.get $sums)) (f32x4.mul (local.get $factors) (v128.load (local.get $values)))))
        (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
        (local.set $values (i32.add (local.get $values) (i32.const 16)))
        (br $next))))

  ;; outputs += input[row] x weights[row], for `rows` rows of `width` floats.
  (func (export "forward") (param $outputs i32) (param $inputs i32) (param $weights i32) (param $rows i32) (param $width i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $inputs) (i32.shl (local.get $rows) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $inputs) (local.get $end)))
        (call $add (local.get $outputs) (local.get $weights) (f32.load (local.get $inputs)) (local.get $width))
        (local.set $inputs (i32.add (local.get $inputs) (i32.const 4)))
        (local.set $weights (i32.add (local.get $weights) (i32.shl (local.get $width) (i32.const 2))))
        (br $next))))

  ;; gradients[row] += input[row] x error, for `rows` rows of `width` floats.
  (func (export "backward") (param $gradients i32) (param $inputs i32) (param $errors i32) (param $rows i32) (param $width i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $inputs) (i32.shl (local.get $rows) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $inputs) (local.get $end)))
        (call $add (local.get $gradients) (local.get $errors) (f32.load (local.get $inputs)) (local.get $width))
        (local.set $inputs (i32.add (local.get $inputs) (i32.const 4)))
        (local.set $gradients (i32.add (local.get $gradients) (i32.shl (local.get $width) (i32.const 2))))
        (br $next))))

  ;; One step of Adam on `count` floats, with the gradient of a squared penalty: `decay` x value. `rate` is the learning rate
  ;; with the corrections of the moments' bias. The gradients become zero.
  (func (export "step") (param $values i32) (param $gradients i32) (param $firsts i32) (param $seconds i32)
                        (param $count i32) (param $rate f32) (param $decay f32)
    (local $end i32) (local $gradient v128) (local $first v128) (local $second v128) (local $rates v128) (local $decays v128)
    (local.set $rates (f32x4.splat (local.get $rate)))
    (local.set $decays (f32x4.splat (local.get $decay)))
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $values) (local.get $end)))
        (local.set $gradient (f32x4.add (v128.load (local.get $gradients))
          (f32x4.mul (local.get $decays) (v128.load (local.get $values)))))
        (local.set $first (f32x4.add (f32x4.mul (f32x4.splat (f32.const 0.9)) (v128.load (local.get $firsts)))
          (f32x4.mul (f32x4.splat (f32.const 0.1)) (local.get $gradient))))
        (local.set $second (f32x4.add (f32x4.mul (f32x4.splat (f32.const 0.99)) (v128.load (local.get $seconds)))
          (f32x4.mul (f32x4.splat (f32.const 0.01)) (f32x4.mul (local.get $gradient) (local.get $gradient)))))
        (v128.store (local.get $values) (f32x4.sub (v128.load (local.get $values))
          (f32x4.div (f32x4.mul (local.get $rates) (local.get $first))
            (f32x4.add (f32x4.sqrt (local.get $second)) (f32x4.splat (f32.const 1e-8))))))
        (v128.store (local.get $firsts) (local.get $first))
        (v128.store (local.get $seconds) (local.get $second))
        (v128.store (local.get $gradients) (v128.const i32x4 0 0 0 0))
        (local.set $values (i32.add (local.get $values) (i32.const 16)))
        (local.set $gradients (i32.add (local.get $gradients) (i32.const 16)))
        (local.set $firsts (i32.add (local.get $firsts) (i32.const 16)))
        (local.set $seconds (i32.add (local.get $seconds) (i32.const 16)))
        (br $next)))))
