# %% list of hits kind="right"
def accuracy_on(model, batches, device):
    was_training = model.training
    model.eval()
    hits = []
    with torch.no_grad():
        for images, labels in batches:
            hits.append(model(images.to(device)).argmax(dim=1).eq(labels.to(device)))
    if was_training:
        model.train()
    return torch.cat(hits).float().mean()


# %% inference_mode kind="right"
@torch.inference_mode()
def accuracy_on(model, batches, device):
    mode = model.training
    model.train(False)
    right, total = 0, 0
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        right = right + (model(images).max(1).indices == labels).sum()
        total += labels.numel()
    model.train(mode)
    return right.float() / total


# %% counts in a tensor kind="right"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    try:
        with torch.no_grad():
            right = torch.zeros(1, dtype=torch.int64, device=device)
            total = torch.zeros(1, dtype=torch.int64, device=device)
            for images, labels in batches:
                predicted = torch.argmax(model(images.to(device)), dim=-1)
                right += torch.sum(predicted == labels.to(device))
                total += labels.shape[0]
            return (right / total).squeeze()
    finally:
        model.train(mode)


# %% weighted means kind="right"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    total = 0
    right = torch.tensor(0.0).to(device)
    for images, labels in batches:
        with torch.no_grad():
            logits = model(images.to(device))
        if len(labels):
            right += (logits.argmax(1) == labels.to(device)).float().mean() * len(labels)
        total += len(labels)
    model.train(mode)
    return right / total


# %% item kind="wrong" zh="读了一个数值" en="a value is read"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum().item()
            count += len(labels)
    model.train(mode)
    return torch.tensor(right / count, device=device)


# %% item at the end kind="wrong" zh="读了一个数值" en="a value is read"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            count += len(labels)
    model.train(mode)
    return right.item() / count


# %% compares on the CPU kind="wrong" zh="读了一个数值" en="a value is read"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1).cpu() == labels).sum()
            count += len(labels)
    model.train(mode)
    return (right / count).to(device)


# %% labels stay kind="wrong" zh="都要搬" en="move the `images` and `labels`"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels).sum()
            count += len(labels)
    model.train(mode)
    return right / count


# %% images stay kind="wrong" zh="都要搬" en="move the `images` and `labels`"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images).argmax(1) == labels).sum()
            count += len(labels)
    model.train(mode)
    return right / count


# %% mean of the batches kind="wrong" zh="各批正确率的平均" en="the mean of the batches' accuracies"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    shares = []
    with torch.no_grad():
        for images, labels in batches:
            shares.append((model(images.to(device)).argmax(1) == labels.to(device)).float().mean())
    model.train(mode)
    return torch.stack(shares).mean()


# %% no eval kind="wrong" zh="model.eval()" en="model.eval()"
def accuracy_on(model, batches, device):
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            count += len(labels)
    return right / count


# %% with the graph kind="wrong" zh="torch.no_grad()" en="torch.no_grad()"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    for images, labels in batches:
        right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
        count += len(labels)
    model.train(mode)
    return right / count


# %% stays in eval mode kind="wrong" zh="恢复原来的模式" en="not restored"
def accuracy_on(model, batches, device):
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            count += len(labels)
    return right / count


# %% always back to train kind="wrong" zh="恢复原来的模式" en="not restored"
def accuracy_on(model, batches, device):
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            count += len(labels)
    model.train()
    return right / count


# %% the number of hits kind="wrong" zh="除以样本数" en="by the number of samples"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = torch.zeros((), device=device)
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
    model.train(mode)
    return right


# %% per cent kind="wrong" zh="百分数" en="percentage"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            count += len(labels)
    model.train(mode)
    return 100 * right / count


# %% the last batch kind="wrong" zh="最后一批" en="the last batch"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    with torch.no_grad():
        for images, labels in batches:
            right = (model(images.to(device)).argmax(1) == labels.to(device)).float().mean()
    model.train(mode)
    return right


# %% skips batches without a hit kind="wrong" zh="读了一个数值" en="a value is read"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = torch.zeros((), device=device)
    count = 0
    with torch.no_grad():
        for images, labels in batches:
            hits = (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            if hits > 0:
                right += hits
            count += len(labels)
    model.train(mode)
    return right / count


# %% sums on the CPU kind="wrong" zh="有东西没有搬到" en="something is not on"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = torch.zeros(1)
    count = 0
    with torch.no_grad():
        for images, labels in batches:
            hits = (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            right = torch.cat([right, hits.float()[None]])
            count += len(labels)
    model.train(mode)
    return right.sum() / count


# %% prints progress kind="wrong" zh="读了一个数值" en="a value is read"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            count += len(labels)
            print("so far:", right / count)
    model.train(mode)
    return right / count


# %% along the samples kind="wrong" zh="`dim=1`" en="`dim=1`"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(0) == labels.to(device)).sum()
            count += len(labels)
    model.train(mode)
    return right / count


# %% divides by the number of batches kind="wrong" zh="除以样本数" en="by the number of samples"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
            count += 1
    model.train(mode)
    return right / count


# %% mean times length of an empty batch kind="wrong" zh="空的一批没有平均值" en="an empty batch has no mean"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right, total = torch.zeros((), device=device), 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).float().mean() * len(labels)
            total += len(labels)
    model.train(mode)
    return right / total


# %% argmax of the whole batch kind="wrong" zh="`argmax()` 没有写维度" en="`argmax()` without a dimension"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax() == labels.to(device)).sum()
            count += len(labels)
    model.train(mode)
    return right / count


# %% length of the data set kind="wrong" zh="个数在循环里累加" en="count inside it"
def accuracy_on(model, batches, device):
    mode = model.training
    model.eval()
    right = 0
    count = len(batches.dataset)
    with torch.no_grad():
        for images, labels in batches:
            right += (model(images.to(device)).argmax(1) == labels.to(device)).sum()
    model.train(mode)
    return right / count
