# %% waits kind="right"
def early_stop(losses, patience):
    lowest, where, waited = float("inf"), 0, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, where, waited = loss, epoch, 0
        else:
            waited += 1
            if waited == patience:
                return where, epoch
    return where, len(losses) - 1


# %% while kind="right"
def early_stop(losses, patience):
    best = epoch = 0
    while epoch < len(losses) - 1 and epoch - best < patience:
        epoch += 1
        if losses[epoch] < losses[best]:
            best = epoch
    return best, epoch


# %% prefixes kind="right"
def early_stop(losses, patience):
    for epoch in range(len(losses)):
        seen = losses[: epoch + 1]
        best = seen.index(min(seen))
        if epoch >= best + patience:
            break
    return (best, epoch)


# %% tensor kind="right"
def early_stop(losses, patience):
    t = torch.tensor(losses, dtype=torch.float64)
    best = 0
    for epoch in range(len(losses)):
        best = int(t[: epoch + 1].argmin())
        if epoch - best == patience:
            return best, epoch
    return best, epoch


# %% looks ahead kind="wrong" zh="那时它们还不存在" en="don't exist yet"
def early_stop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return losses.index(min(losses)), epoch
    return best, len(losses) - 1


# %% never stops kind="wrong" zh="没有停" en="does not stop"
def early_stop(losses, patience):
    return losses.index(min(losses)), len(losses) - 1


# %% equal counts kind="wrong" zh="相等不算" en="equal is not lower"
def early_stop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss <= losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


# %% compares with the previous epoch kind="wrong" zh="最低" en="lowest"
def early_stop(losses, patience):
    worse = 0
    for epoch in range(1, len(losses)):
        worse = worse + 1 if losses[epoch] >= losses[epoch - 1] else 0
        if worse >= patience:
            return losses.index(min(losses[: epoch + 1])), epoch
    return losses.index(min(losses)), len(losses) - 1


# %% one late kind="wrong" zh="停晚了" en="one epoch late"
def early_stop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best > patience:
            return best, epoch
    return best, len(losses) - 1


# %% swapped kind="wrong" zh="对调" en="swapped"
def early_stop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best


# %% total instead of in a row kind="wrong" zh="早了" en="early"
def early_stop(losses, patience):
    best, worse = 0, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch > 0:
            worse += 1
            if worse >= patience - (patience > 1):
                return best, epoch
    return best, len(losses) - 1


# %% never resets the count kind="wrong" zh="重新数起" en="count again from 0"
def early_stop(losses, patience):
    best, worse = 0, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch > 0:
            worse += 1
            if worse >= patience:
                return best, epoch
    return best, len(losses) - 1


# %% the loss kind="wrong" zh="不是损失" en="not the loss"
def early_stop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return losses[best], epoch
    return losses[best], len(losses) - 1


# %% a list kind="wrong" zh="tuple" en="tuple"
def early_stop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return [best, epoch]
    return [best, len(losses) - 1]


# %% takes 1 for a high loss kind="wrong" zh="损失可以大于 1" en="may be above 1"
def early_stop(losses, patience):
    lowest, best = 1, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, best = loss, epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


# %% number of epochs for the last one kind="wrong" zh="len(losses) - 1" en="len(losses) - 1"
def early_stop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses)
