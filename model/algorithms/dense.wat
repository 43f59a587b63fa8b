;; The inner loops of training on dense numbers. All places are addresses in bytes of floats; all counts of floats are
;; multiples of sixteen, which the caller fills up with zeros. Nothing is reordered, so every machine gets the same bits.
(module
  (import "trainer" "memory" (memory 1))

  ;; sums[column] += factor[row] x rows[row][column], for `count` rows of `width` floats. `stride` is how many bytes the factors are
  ;; apart. Sixteen columns are summed at once, in registers: `width` is a multiple of sixteen.
  (func $accumulate (export "accumulate") (param $sums i32) (param $factors i32) (param $stride i32) (param $rows i32)
                                          (param $count i32) (param $width i32)
    (local $columnsEnd i32) (local $rowBytes i32) (local $row i32) (local $rowsEnd i32) (local $factorAt i32)
    (local $factor v128) (local $sum0 v128) (local $sum4 v128) (local $sum8 v128) (local $sum12 v128)
    (local.set $rowBytes (i32.shl (local.get $width) (i32.const 2)))
    (local.set $columnsEnd (i32.add (local.get $rows) (local.get $rowBytes)))
    (loop $nextColumns
      (local.set $sum0 (v128.load (local.get $sums)))
      (local.set $sum4 (v128.load offset=16 (local.get $sums)))
      (local.set $sum8 (v128.load offset=32 (local.get $sums)))
      (local.set $sum12 (v128.load offset=48 (local.get $sums)))
      (local.set $factorAt (local.get $factors))
      (local.set $row (local.get $rows))
      (local.set $rowsEnd (i32.add (local.get $rows) (i32.mul (local.get $count) (local.get $rowBytes))))
      (block $noMoreRows
        (loop $nextRow
          (br_if $noMoreRows (i32.ge_u (local.get $row) (local.get $rowsEnd)))
          (local.set $factor (v128.load32_splat (local.get $factorAt)))
          (local.set $sum0 (f32x4.add (local.get $sum0)
            (f32x4.mul (local.get $factor) (v128.load (local.get $row)))))
          (local.set $sum4 (f32x4.add (local.get $sum4)
            (f32x4.mul (local.get $factor) (v128.load offset=16 (local.get $row)))))
          (local.set $sum8 (f32x4.add (local.get $sum8)
            (f32x4.mul (local.get $factor) (v128.load offset=32 (local.get $row)))))
          (local.set $sum12 (f32x4.add (local.get $sum12)
            (f32x4.mul (local.get $factor) (v128.load offset=48 (local.get $row)))))
          (local.set $factorAt (i32.add (local.get $factorAt) (local.get $stride)))
          (local.set $row (i32.add (local.get $row) (local.get $rowBytes)))
          (br $nextRow)))
      (v128.store (local.get $sums) (local.get $sum0))
      (v128.store offset=16 (local.get $sums) (local.get $sum4))
      (v128.store offset=32 (local.get $sums) (local.get $sum8))
      (v128.store offset=48 (local.get $sums) (local.get $sum12))
      (local.set $sums (i32.add (local.get $sums) (i32.const 64)))
      (local.set $rows (i32.add (local.get $rows) (i32.const 64)))
      (br_if $nextColumns (i32.lt_u (local.get $rows) (local.get $columnsEnd)))))

  ;; gradients[column] += input[row][column] x error[row], for `count` rows of `columns` inputs and of `width` errors.
  (func (export "backward") (param $gradients i32) (param $inputs i32) (param $columns i32) (param $errors i32)
                            (param $count i32) (param $width i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $inputs) (i32.shl (local.get $columns) (i32.const 2))))
    (loop $next
      (call $accumulate (local.get $gradients) (local.get $inputs) (i32.shl (local.get $columns) (i32.const 2))
        (local.get $errors) (local.get $count) (local.get $width))
      (local.set $inputs (i32.add (local.get $inputs) (i32.const 4)))
      (local.set $gradients (i32.add (local.get $gradients) (i32.shl (local.get $width) (i32.const 2))))
      (br_if $next (i32.lt_u (local.get $inputs) (local.get $end)))))

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
