# The bytes of the built-in plan, aligned as noi_plan_attach wants them.
.section .rodata
.balign 64
.global noi_builtin_plan
noi_builtin_plan:
.incbin "build/gen/builtin.plan"
.global noi_builtin_plan_end
noi_builtin_plan_end:
.byte 0
.section .note.GNU-stack,"",@progbits
