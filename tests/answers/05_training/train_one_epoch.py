# %% clears at the start of each step kind="right" slow=true
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    losses, sizes = [], []
    for x, y in batches:
        optimizer.zero_grad(set_to_none=False)
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach() * len(x))
        sizes.append(len(x))
    return (sum(losses) / sum(sizes)).item()


# %% model.zero_grad kind="right" slow=true
def train_one_epoch(model, batches, loss_function, optimizer):
    was_training = model.training
    model.train(True)
    total = n = 0
    for batch in batches:
        output = model(batch[0])
        model.zero_grad()
        loss = loss_function(output, batch[1])
        loss.backward()
        optimizer.step()
        total += float(loss) * batch[1].shape[0]
        n += batch[1].shape[0]
    model.train(was_training)
    return total / n


# %% clears before and after kind="right" slow=true
def train_one_epoch(model, batches, loss_function, optimizer):
    optimizer.zero_grad()
    model.train()
    weighted = []
    count = 0
    for images, labels in batches:
        loss = loss_function(model(images), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        weighted.append(loss.item() * labels.size(0))
        count += labels.size(0)
    return sum(weighted) / count


# %% enumerate and list kind="right" slow=true
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    results = []
    for number, (images, labels) in enumerate(list(batches)):
        with torch.enable_grad():
            logits = model(images)
            loss = loss_function(logits, labels)
        for p in model.parameters():
            p.grad = None
        loss.backward()
        optimizer.step()
        results += [loss.item()] * len(images)
    return sum(results) / len(results)


# %% never clears kind="wrong" zh="清零" en="clear"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% clears once kind="wrong" zh="越积越多" en="pile up"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    optimizer.zero_grad()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% clears at the end only kind="wrong" zh="旧的梯度" en="old gradients"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% clears after backward kind="wrong" zh="不能马上清零" en="don't clear before the step"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% no step kind="wrong" zh="一步也没有走" en="took no step"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% no backward kind="wrong" zh="参数没有变" en="did not change"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% softmax first kind="wrong" zh="softmax" en="softmax"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x).softmax(dim=1), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% step after the loop kind="wrong" zh="应走" en="steps"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    optimizer.zero_grad()
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        total += loss.item() * len(y)
        count += len(y)
    optimizer.step()
    return total / count


# %% returns in the loop kind="wrong" zh="循环外" en="outside"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
        return total / count


# %% mean of batches kind="wrong" zh="乘上它的样本数" en="multiply each loss by its number of samples"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


# %% last loss kind="wrong" zh="最后一批" en="last batch"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
    return loss.item()


# %% divides a sum of means by samples kind="wrong" zh="已经是平均" en="a mean already"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
        count += len(y)
    return total / count


# %% no train mode kind="wrong" zh="训练模式" en="train mode"
def train_one_epoch(model, batches, loss_function, optimizer):
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% eval mode kind="wrong" zh="训练模式" en="train mode"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.eval()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% a tensor kind="wrong" zh=".item()" en=".item()"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(y)
        count += len(y)
    return total / count


# %% loops over the batches twice kind="wrong" zh="只能循环一遍" en="only once"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total = 0.0
    count = sum(len(y) for _, y in batches)
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
    return total / count


# %% always cross-entropy kind="wrong" zh="参数不对" en="wrong parameters"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y) if y.ndim == 1 else F.l1_loss(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% loss after the step kind="wrong" zh="每步之前" en="before each step"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    data = list(batches)
    for x, y in data:
        optimizer.zero_grad()
        loss_function(model(x), y).backward()
        optimizer.step()
    with torch.no_grad():
        total = sum(loss_function(model(x), y).item() * len(y) for x, y in data)
    return total / sum(len(y) for _, y in data)


# %% its own optimiser kind="wrong" zh="一步也没有走" en="took no step"
def train_one_epoch(model, batches, loss_function, optimizer):
    optimizer = torch.optim.Adam(model.parameters())
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


# %% divides each loss by its size kind="wrong" zh="结果" en="value"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    losses, n = [], 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item() / len(y))
    return sum(losses)


# %% loss again after each step kind="wrong" zh="每步之前" en="before each step"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss_function(model(x), y).backward()
        optimizer.step()
        total += loss_function(model(x), y).item() * len(y)
        count += len(y)
    return total / count


# %% counts in a loop before kind="wrong" zh="边训练边数" en="count on the way"
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    count = sum(len(y) for _, y in batches)
    total = 0.0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
    return total / count
