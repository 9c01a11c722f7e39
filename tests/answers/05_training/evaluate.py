# %% decorator kind="right"
@torch.no_grad()
def evaluate(model, batches, loss_function):
    was_training = model.training
    model.eval()
    losses, hits, n = 0.0, 0, 0
    for x, y in batches:
        out = model(x)
        losses += float(loss_function(out, y)) * len(x)
        hits += int((out.max(1).indices == y).sum())
        n += len(x)
    if was_training:
        model.train()
    return losses / n, hits / n


# %% inference mode kind="right"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.train(False)
    try:
        with torch.inference_mode():
            results = [(len(y), loss_function(model(x), y).item(), (model(x).argmax(-1) == y).float().mean().item()) for x, y in batches]
    finally:
        model.train(mode)
    n = sum(r[0] for r in results)
    return sum(r[0] * r[1] for r in results) / n, sum(r[0] * r[2] for r in results) / n


# %% every sample kept kind="right"
def evaluate(model, batches, loss_function):
    before = model.training
    model.eval()
    all_losses, right = [], []
    for x, y in batches:
        with torch.no_grad():
            logits = model(x)
            all_losses += [loss_function(logits, y).item()] * y.shape[0]
        right += (logits.argmax(1) == y).tolist()
    model.train(before)
    return sum(all_losses) / len(all_losses), sum(right) / len(right)


# %% tensors until the end kind="right"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    with torch.no_grad():
        total = torch.zeros(2, dtype=torch.float64)
        count = 0
        for x, y in batches:
            logits = model(x)
            total[0] += loss_function(logits, y) * len(y)
            total[1] += (logits.argmax(1) == y).sum()
            count += len(y)
    model.train(mode)
    return tuple((total / count).tolist())


# %% a named tuple kind="right"
def evaluate(model, batches, loss_function):
    from collections import namedtuple

    Result = namedtuple("Result", "loss accuracy")
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.set_grad_enabled(False):
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * y.numel()
            c += logits.argmax(1).eq(y).sum().item()
            n += y.numel()
    model.train(mode)
    return Result(s / n, c / n)


# %% no eval kind="wrong" zh="model.eval()" en="model.eval()"
def evaluate(model, batches, loss_function):
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
    return s / n, c / n


# %% records the graph kind="wrong" zh="no_grad" en="no_grad"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    for x, y in batches:
        logits = model(x)
        s += loss_function(logits, y).item() * len(y)
        c += (logits.argmax(1) == y).sum().item()
        n += len(y)
    model.train(mode)
    return s / n, c / n


# %% mode not restored kind="wrong" zh="没有恢复" en="not restored"
def evaluate(model, batches, loss_function):
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
    return s / n, c / n


# %% always back to train kind="wrong" zh="没有恢复" en="not restored"
def evaluate(model, batches, loss_function):
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
    model.train()
    return s / n, c / n


# %% mean of batches kind="wrong" zh="各批的平均" en="mean of batches"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    losses, accuracies = [], []
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            losses.append(loss_function(logits, y).item())
            accuracies.append((logits.argmax(1) == y).float().mean().item())
    model.train(mode)
    return sum(losses) / len(losses), sum(accuracies) / len(accuracies)


# %% accuracy as a mean of batches kind="wrong" zh="正确率是各批的平均" en="accuracy is a mean of batches"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, n, accuracies = 0.0, 0, []
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            n += len(y)
            accuracies.append((logits.argmax(1) == y).double().mean().item())
    model.train(mode)
    return s / n, sum(accuracies) / len(accuracies)


# %% percentage kind="wrong" zh="百分数" en="percentage"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
    model.train(mode)
    return s / n, 100 * c / n


# %% count kind="wrong" zh="还要除以样本数" en="divide by the number of samples"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
    model.train(mode)
    return s / n, c


# %% swapped kind="wrong" zh="对调" en="swapped"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
    model.train(mode)
    return c / n, s / n


# %% tensors kind="wrong" zh=".item()" en=".item()"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y) * len(y)
            c += (logits.argmax(1) == y).sum()
            n += len(y)
    model.train(mode)
    return s / n, c / n


# %% autograd off for good kind="wrong" zh="永久关掉" en="switched off for good"
def evaluate(model, batches, loss_function):
    torch.set_grad_enabled(False)
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    for x, y in batches:
        logits = model(x)
        s += loss_function(logits, y).item() * len(y)
        c += (logits.argmax(1) == y).sum().item()
        n += len(y)
    model.train(mode)
    return s / n, c / n


# %% clears gradients kind="wrong" zh="不要清零" en="neither clear"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    model.zero_grad()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
    model.train(mode)
    return s / n, c / n


# %% argmax over samples kind="wrong" zh="代码出错" en="stopped with"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(0) == y).sum().item()
            n += len(y)
    model.train(mode)
    return s / n, c / n


# %% returns in the loop kind="wrong" zh="没有恢复" en="not restored"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
            return s / n, c / n
    model.train(mode)


# %% calls forward kind="wrong" zh="model(x)" en="model(x)"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model.forward(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
            n += len(y)
    model.train(mode)
    return s / n, c / n


# %% counts the samples first kind="wrong" zh="只能循环一遍" en="only once"
def evaluate(model, batches, loss_function):
    mode = model.training
    n = sum(len(y) for _, y in batches)
    model.eval()
    s, c = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            s += loss_function(logits, y).item() * len(y)
            c += (logits.argmax(1) == y).sum().item()
    model.train(mode)
    return s / n, c / n


# %% softmax before the loss kind="wrong" zh="softmax" en="softmax"
def evaluate(model, batches, loss_function):
    mode = model.training
    model.eval()
    s, c, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            p = model(x).softmax(dim=1)
            s += loss_function(p, y).item() * len(y)
            c += (p.argmax(1) == y).sum().item()
            n += len(y)
    model.train(mode)
    return s / n, c / n


# %% argmax without a dimension kind="wrong" zh="`argmax` 要写维度" en="give `argmax` a dimension"
def evaluate(model, batches, loss_function):
    was_training = model.training
    model.eval()
    loss, right, count = 0.0, 0, 0
    with torch.no_grad():
        for images, labels in batches:
            logits = model(images)
            loss += loss_function(logits, labels).item() * len(labels)
            right += (logits.argmax() == labels).sum().item()
            count += len(labels)
    model.train(was_training)
    return loss / count, right / count
