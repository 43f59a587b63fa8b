;; The scorer's inner loop: sums[column] += factor[row] x weight[row][column], for the rows of one text's features.
;;
;; Weights are bytes and sums are floats, added in the order of the rows. Thirty-two columns are summed at once, in eight
;; registers of four floats each, so that sums are not loaded and stored for every row. The last thirty-two columns may extend
;; beyond the width: `sums` and the bytes after the last row have room for them, and nothing reads them.
(module
  (import "scorer" "memory" (memory 1))

  ;; All places are addresses in bytes. `offsets` (32 bits each) is where each row begins, counted from `weights`;
  ;; `factors` (floats) is what each row is multiplied by; both have `rows` entries.
  (func (export "add") (param $sums i32) (param $factors i32) (param $offsets i32) (param $weights i32)
                       (param $rows i32) (param $width i32)
    (local $columnsEnd i32) (local $rowsEnd i32) (local $offset i32) (local $factorAt i32) (local $row i32)
    (local $factor v128) (local $bytes v128) (local $words v128)
    (local $sum0 v128) (local $sum4 v128) (local $sum8 v128) (local $sum12 v128)
    (local $sum16 v128) (local $sum20 v128) (local $sum24 v128) (local $sum28 v128)

    (local.set $columnsEnd (i32.add (local.get $weights) (local.get $width)))
    (local.set $rowsEnd (i32.add (local.get $offsets) (i32.shl (local.get $rows) (i32.const 2))))

    (loop $nextColumns
      (local.set $sum0 (v128.load (local.get $sums)))
      (local.set $sum4 (v128.load offset=16 (local.get $sums)))
      (local.set $sum8 (v128.load offset=32 (local.get $sums)))
      (local.set $sum12 (v128.load offset=48 (local.get $sums)))
      (local.set $sum16 (v128.load offset=64 (local.get $sums)))
      (local.set $sum20 (v128.load offset=80 (local.get $sums)))
      (local.set $sum24 (v128.load offset=96 (local.get $sums)))
      (local.set $sum28 (v128.load offset=112 (local.get $sums)))
      (local.set $offset (local.get $offsets))
      (local.set $factorAt (local.get $factors))

      (block $noMoreRows
        (loop $nextRow
          (br_if $noMoreRows (i32.ge_u (local.get $offset) (local.get $rowsEnd)))
          (local.set $factor (v128.load32_splat (local.get $factorAt)))
          (local.set $row (i32.add (local.get $weights) (i32.load (local.get $offset))))

          (local.set $bytes (v128.load (local.get $row)))
          (local.set $words (i16x8.extend_low_i8x16_s (local.get $bytes)))
          (local.set $sum0 (f32x4.add (local.get $sum0)
            (f32x4.mul (local.get $factor) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $words))))))
          (local.set $sum4 (f32x4.add (local.get $sum4)
            (f32x4.mul (local.get $factor) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $words))))))
          (local.set $words (i16x8.extend_high_i8x16_s (local.get $bytes)))
          (local.set $sum8 (f32x4.add (local.get $sum8)
            (f32x4.mul (local.get $factor) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $words))))))
          (local.set $sum12 (f32x4.add (local.get $sum12)
            (f32x4.mul (local.get $factor) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $words))))))

          (local.set $bytes (v128.load offset=16 (local.get $row)))
          (local.set $words (i16x8.extend_low_i8x16_s (local.get $bytes)))
          (local.set $sum16 (f32x4.add (local.get $sum16)
            (f32x4.mul (local.get $factor) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $words))))))
          (local.set $sum20 (f32x4.add (local.get $sum20)
            (f32x4.mul (local.get $factor) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $words))))))
          (local.set $words (i16x8.extend_high_i8x16_s (local.get $bytes)))
          (local.set $sum24 (f32x4.add (local.get $sum24)
            (f32x4.mul (local.get $factor) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $words))))))
          (local.set $sum28 (f32x4.add (local.get $sum28)
            (f32x4.mul (local.get $factor) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $words))))))

          (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
          (local.set $factorAt (i32.add (local.get $factorAt) (i32.const 4)))
          (br $nextRow)))

      (v128.store (local.get $sums) (local.get $sum0))
      (v128.store offset=16 (local.get $sums) (local.get $sum4))
      (v128.store offset=32 (local.get $sums) (local.get $sum8))
      (v128.store offset=48 (local.get $sums) (local.get $sum12))
      (v128.store offset=64 (local.get $sums) (local.get $sum16))
      (v128.store offset=80 (local.get $sums) (local.get $sum20))
      (v128.store offset=96 (local.get $sums) (local.get $sum24))
      (v128.store offset=112 (local.get $sums) (local.get $sum28))
      (local.set $sums (i32.add (local.get $sums) (i32.const 128)))
      (local.set $weights (i32.add (local.get $weights) (i32.const 32)))
      (br_if $nextColumns (i32.lt_u (local.get $weights) (local.get $columnsEnd))))))
