# %% check before dividing kind="right"
def scaled_step(loss, optimizer, scale):
    params = [p for group in optimizer.param_groups for p in group["params"]]
    for p in params:
        p.grad = None
    (scale * loss).backward()
    grads = [p.grad for p in params if p.grad is not None]
    if not all(torch.isfinite(g).all() for g in grads):
        return False
    for g in grads:
        g.div_(scale)
    optimizer.step()
    return True


# %% gradient as an argument kind="right"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad(set_to_none=False)
    loss.backward(torch.full_like(loss, scale))
    total = torch.zeros((), device=loss.device)
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad = p.grad / scale
                total = total + (~p.grad.isfinite()).sum()
    if total.item() > 0:
        return False
    optimizer.step()
    return True


# %% isinf or isnan kind="right"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    loss = loss * scale
    loss.backward()
    bad = False
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is None:
                continue
            p.grad *= 1 / scale
            if p.grad.isinf().any() or p.grad.isnan().any():
                bad = True
    if bad:
        optimizer.zero_grad()
    else:
        optimizer.step()
    return not bad


# %% a tensor that says so kind="right"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    grads = [p.grad for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    torch._foreach_div_(grads, scale)
    finite = torch.stack([g.isfinite().all() for g in grads]).all()
    if finite:
        optimizer.step()
    return finite


# %% not divided kind="wrong" zh="都要除以 `scale`" en="divide each parameter's gradient by `scale`"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    finite = True
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                finite = finite and bool(p.grad.isfinite().all())
    if finite:
        optimizer.step()
    return finite


# %% divided after the step kind="wrong" zh="都要除以 `scale`" en="divide each parameter's gradient by `scale`"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    if not all(p.grad.isfinite().all() for p in params):
        return False
    optimizer.step()
    for p in params:
        p.grad /= scale
    return True


# %% loss divided kind="wrong" zh="乘以 `scale`" en="multiply the loss by `scale`"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    loss.backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    for p in params:
        p.grad /= scale
    if not all(p.grad.isfinite().all() for p in params):
        return False
    optimizer.step()
    return True


# %% scales the gradients too late kind="wrong" zh="已经晚了" en="too late"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    loss.backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    for p in params:
        p.grad *= scale
        p.grad /= scale
    if not all(p.grad.isfinite().all() for p in params):
        return False
    optimizer.step()
    return True


# %% no scaling at all kind="wrong" zh="下溢成了 0" en="underflowed to 0"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    loss.backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    if not all(p.grad.isfinite().all() for p in params):
        return False
    optimizer.step()
    return True


# %% no check kind="wrong" zh="应当放弃" en="give up"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad /= scale
    optimizer.step()
    return True


# %% nan only kind="wrong" zh="`inf` 或 `nan`" en="`inf` or `nan`"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    for p in params:
        p.grad /= scale
    if any(p.grad.isnan().any() for p in params):
        return False
    optimizer.step()
    return True


# %% inf only kind="wrong" zh="`inf` 或 `nan`" en="`inf` or `nan`"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    for p in params:
        p.grad /= scale
    if any(p.grad.isinf().any() for p in params):
        return False
    optimizer.step()
    return True


# %% looks at the loss kind="wrong" zh="应当放弃" en="give up"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    for p in params:
        p.grad /= scale
    if not loss.isfinite():
        return False
    optimizer.step()
    return True


# %% looks at the first parameter kind="wrong" zh="不一定在第一个参数里" en="not always in the first parameter"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    for p in params:
        p.grad /= scale
    if not params[0].grad.isfinite().all():
        return False
    optimizer.step()
    return True


# %% steps and says False kind="wrong" zh="不要 `step()`" en="no `step()` when you give up"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    finite = True
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad /= scale
                finite = finite and bool(p.grad.isfinite().all())
    optimizer.step()
    return finite


# %% zeros in place of inf kind="wrong" zh="应当放弃" en="give up"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad = torch.nan_to_num(p.grad / scale, 0.0, 0.0, 0.0)
    optimizer.step()
    return True


# %% gives up with gradients of zero kind="wrong" zh="不要 `step()`" en="no `step()` when you give up"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    finite = all([bool(p.grad.isfinite().all()) for p in params])
    for p in params:
        p.grad = p.grad / scale if finite else torch.zeros_like(p)
    optimizer.step()
    return finite


# %% first group only kind="wrong" zh="每一组里" en="every group"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    finite = True
    for p in optimizer.param_groups[0]["params"]:
        if p.grad is not None:
            p.grad /= scale
            finite = finite and bool(p.grad.isfinite().all())
    if finite:
        optimizer.step()
    return finite


# %% no zero_grad kind="wrong" zh="旧的梯度" en="old gradients"
def scaled_step(loss, optimizer, scale):
    (loss * scale).backward()
    finite = True
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad /= scale
                finite = finite and bool(p.grad.isfinite().all())
    if finite:
        optimizer.step()
    return finite


# %% None among the gradients kind="wrong" zh="先问 `is not None`" en="ask `is not None` first"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    finite = True
    for group in optimizer.param_groups:
        for p in group["params"]:
            p.grad /= scale
            finite = finite and bool(p.grad.isfinite().all())
    if finite:
        optimizer.step()
    return finite


# %% stops dividing at the first bad one and forgets to return kind="wrong" zh="`True` 或 `False`" en="`True` or `False`"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    params = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    for p in params:
        p.grad /= scale
    if all(p.grad.isfinite().all() for p in params):
        optimizer.step()


# %% no backward kind="wrong" zh="参数没有变" en="the parameters did not change"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    loss = loss * scale
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad /= scale
                if not p.grad.isfinite().all():
                    return False
    optimizer.step()
    return True


# %% loops over the keys of a group kind="wrong" zh="`optimizer.param_groups`" en="`optimizer.param_groups`"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    finite = True
    for group in optimizer.param_groups:
        for p in group:
            if p.grad is not None:
                p.grad /= scale
                finite = finite and bool(p.grad.isfinite().all())
    if finite:
        optimizer.step()
    return finite


# %% parameters of the optimiser kind="wrong" zh="`optimizer.param_groups`" en="`optimizer.param_groups`"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    finite = True
    for p in optimizer.parameters():
        if p.grad is not None:
            p.grad /= scale
            finite = finite and bool(p.grad.isfinite().all())
    if finite:
        optimizer.step()
    return finite


# %% a step for each parameter kind="wrong" zh="才 `step()` 一次" en="`step()` once"
def scaled_step(loss, optimizer, scale):
    optimizer.zero_grad()
    (loss * scale).backward()
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad /= scale
                if not p.grad.isfinite().all():
                    return False
                optimizer.step()
    return True
