# %% ranges kind="right"
def accumulate(model, loss_function, images, labels, size):
    for p in model.parameters():
        p.grad = None
    total = 0.0
    n = len(images)
    for i in range(0, n, size):
        x, y = images[i : i + size], labels[i : i + size]
        loss = loss_function(model(x), y)
        (loss * len(x) / n).backward()
        total += loss.item() * len(x)
    return total / n


# %% divides the gradients at the end kind="right"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad(set_to_none=False)
    total = 0.0
    for x, y in zip(torch.split(images, size), torch.split(labels, size)):
        loss = len(x) * loss_function(model(x), y)
        loss.backward()
        total += float(loss)
    for p in model.parameters():
        if p.grad is not None:
            p.grad /= len(images)
    return total / len(images)


# %% autograd grad kind="right"
def accumulate(model, loss_function, images, labels, size):
    params = [p for p in model.parameters() if p.requires_grad]
    sums = [torch.zeros_like(p) for p in params]
    result = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        share = x.shape[0] / images.shape[0]
        loss = loss_function(model(x), y)
        for s, g in zip(sums, torch.autograd.grad(loss, params)):
            s += share * g
        result += share * loss.item()
    for p, s in zip(params, sums):
        p.grad = s
    return result


# %% one sample at a time kind="right"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    losses = []
    for i in range(len(images)):
        loss = loss_function(model(images[i : i + 1]), labels[i : i + 1]) / len(images)
        loss.backward()
        losses.append(loss.detach())
    return torch.stack(losses).sum().item()


# %% with a DataLoader kind="right"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = torch.zeros((), dtype=torch.float64)
    for x, y in DataLoader(TensorDataset(images, labels), batch_size=size):
        loss = loss_function(model(x), y) * (y.shape[0] / labels.shape[0])
        loss.backward()
        total += loss.detach()
    return total.item()


# %% no share kind="wrong" zh="占整批的比例" en="its share of the batch"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y)
        loss.backward()
        total += loss.item()
    return total


# %% divides by the number of parts kind="wrong" zh="除以了份数" en="divided by the number of parts"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    parts = list(zip(images.split(size), labels.split(size)))
    for x, y in parts:
        loss = loss_function(model(x), y) / len(parts)
        loss.backward()
        total += loss.item()
    return total


# %% never clears kind="wrong" zh="开始时清零" en="clear them at the start"
def accumulate(model, loss_function, images, labels, size):
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y) * len(x) / len(images)
        loss.backward()
        total += loss.item()
    return total


# %% clears each time kind="wrong" zh="只剩最后一份" en="only the last part"
def accumulate(model, loss_function, images, labels, size):
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        model.zero_grad()
        loss = loss_function(model(x), y) * len(x) / len(images)
        loss.backward()
        total += loss.item()
    return total


# %% whole batch at once kind="wrong" zh="最多" en="the limit"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    loss = loss_function(model(images), labels)
    loss.backward()
    return loss.item()


# %% one backward kind="wrong" zh="只反向了一次" en="only once"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0
    for x, y in zip(images.split(size), labels.split(size)):
        total = total + loss_function(model(x), y) * len(x) / len(images)
    total.backward()
    return total.item()


# %% takes a step kind="wrong" zh="不走步" en="no step"
def accumulate(model, loss_function, images, labels, size):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y) * len(x) / len(images)
        loss.backward()
        total += loss.item()
    optimizer.step()
    return total


# %% returns in the loop kind="wrong" zh="第一份" en="first part"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y) * len(x) / len(images)
        loss.backward()
        total += loss.item()
        return total


# %% returns the sum of the means kind="wrong" zh="乘上它占整批的比例" en="its share of the batch"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y)
        (loss * len(x) / len(images)).backward()
        total += loss.item()
    return total


# %% returns a tensor kind="wrong" zh=".item()" en=".item()"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y) * len(x) / len(images)
        loss.backward()
        total = total + loss.detach()
    return total


# %% drops the last part kind="wrong" zh="梯度不是整批" en="not those of the mean loss over the whole batch"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for k in range(len(images) // size):
        x, y = images[k * size : (k + 1) * size], labels[k * size : (k + 1) * size]
        loss = loss_function(model(x), y) * len(x) / len(images)
        loss.backward()
        total += loss.item()
    return total


# %% no backward kind="wrong" zh="没有新的梯度" en="no gradient arrived"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        total += loss_function(model(x), y).item() * len(x) / len(images)
    return total


# %% as if all parts were full kind="wrong" zh="可能没有 `size` 个" en="fewer than `size`"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y) * size / len(images)
        loss.backward()
        total += loss.item()
    return total


# %% never divides by n kind="wrong" zh="还要除以" en="divide by the n samples"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y) * len(x)
        loss.backward()
        total += loss.item()
    return total / len(images)


# %% returns the sum over samples kind="wrong" zh="还要除以" en="divide by the n samples"
def accumulate(model, loss_function, images, labels, size):
    model.zero_grad()
    total = 0.0
    for x, y in zip(images.split(size), labels.split(size)):
        loss = loss_function(model(x), y)
        (loss * len(x) / len(images)).backward()
        total += loss.item() * len(x)
    return total
