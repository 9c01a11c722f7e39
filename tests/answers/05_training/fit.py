# %% DataLoader kind="right" slow=true
def fit(model, images, labels, epochs, batch_size, lr):
    loader = DataLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_function = nn.CrossEntropyLoss()
    history = []
    for epoch in range(epochs):
        model.train()
        running = 0.0
        for x, y in loader:
            optimizer.zero_grad()
            loss = loss_function(model(x), y)
            loss.backward()
            optimizer.step()
            running += loss.item() * x.size(0)
        history.append(running / len(labels))
    return history


# %% with train_one_epoch kind="right" slow=true
def train_one_epoch(model, batches, loss_function, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(images))
        batches = [(images[i], labels[i]) for i in order.split(batch_size)]
        losses.append(train_one_epoch(model, batches, nn.CrossEntropyLoss(), optimizer))
    return losses


# %% batch sampler kind="right" slow=true
def fit(model, images, labels, epochs, batch_size, lr):
    model.train()
    data = TensorDataset(images, labels)
    sampler = BatchSampler(RandomSampler(data), batch_size, drop_last=False)
    loader = DataLoader(data, batch_size=None, sampler=sampler)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    result = []
    for _ in range(epochs):
        losses = torch.zeros(len(labels), dtype=torch.float64)
        start = 0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            model.zero_grad(set_to_none=False)
            loss.backward()
            optimizer.step()
            losses[start : start + len(y)] = loss.item()
            start += len(y)
        result.append(losses.mean().item())
    return result


# %% shuffles the tensors together kind="right" slow=true
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr, weight_decay=0.0)
    result = []
    n = len(labels)
    for _ in range(epochs):
        order = torch.randperm(n)
        shuffled_images, shuffled_labels = images[order], labels[order]
        total = 0.0
        model.train()
        for i in range(0, n, batch_size):
            x, y = shuffled_images[i : i + batch_size], shuffled_labels[i : i + batch_size]
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x), y, reduction="sum") / len(y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        result.append(total / n)
    return result


# %% evaluates along the way kind="right" slow=true
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += len(rows) * loss.item()
        model.eval()
        with torch.no_grad():
            model(images[:10])
        history.append(total / len(labels))
    return history


# %% never clears kind="wrong" zh="越积越多" en="pile up"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% no step kind="wrong" zh="没有变" en="has not changed"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% softmax first kind="wrong" zh="先做了 softmax" en="softmax first"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]).softmax(1), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% labels shuffled against images kind="wrong" zh="标签和图片配对" en="labels go with their pictures"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        images, labels = images[torch.randperm(len(labels))], labels[torch.randperm(len(labels))]
        for x, y in zip(images.split(batch_size), labels.split(batch_size)):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            total += len(y) * loss.item()
        history.append(total / len(labels))
    return history


# %% learning rate fixed kind="wrong" zh="学习率写死了" en="fixed in the code"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters())
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% far too small a learning rate kind="wrong" zh="学习率写死了" en="fixed in the code"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-5)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% SGD kind="wrong" zh="SGD" en="SGD"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% a new optimiser each epoch kind="wrong" zh="都新建了优化器" en="each epoch made a new optimiser"
def fit(model, images, labels, epochs, batch_size, lr):
    history = []
    model.train()
    for _ in range(epochs):
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% not shuffled kind="wrong" zh="没有打乱" en="not shuffled"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for x, y in zip(images.split(batch_size), labels.split(batch_size)):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            total += len(y) * loss.item()
        history.append(total / len(labels))
    return history


# %% shuffled once kind="wrong" zh="重新打乱" en="shuffle anew"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    order = torch.randperm(len(labels))
    for _ in range(epochs):
        total = 0.0
        for rows in order.split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% drops the last batch kind="wrong" zh="不满的一批" en="not full"
def fit(model, images, labels, epochs, batch_size, lr):
    loader = DataLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=True, drop_last=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for x, y in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            total += len(y) * loss.item()
        history.append(total / len(labels))
    return history


# %% draws with replacement kind="wrong" zh="正好用一次" en="just once"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    n = len(labels)
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randint(n, (n,)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / n)
    return history


# %% mean of batches kind="wrong" zh="各批的平均" en="mean of batches"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        losses = []
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history


# %% eval mode kind="wrong" zh="训练模式" en="train mode"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% one epoch only kind="wrong" zh="个轮次" en="epochs"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
        return history


# %% returns nothing kind="wrong" zh="列表" en="list"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()


# %% tensors in the list kind="wrong" zh=".item()" en=".item()"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.detach()
        history.append(total / len(labels))
    return history


# %% trains a copy kind="wrong" zh="不要训练拷贝" en="not a copy"
def fit(model, images, labels, epochs, batch_size, lr):
    net = copy.deepcopy(model)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    history = []
    net.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% the same seed each epoch kind="wrong" zh="重新打乱" en="shuffle anew"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for _ in range(epochs):
        torch.manual_seed(0)
        total = 0.0
        for rows in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            total += len(rows) * loss.item()
        history.append(total / len(labels))
    return history


# %% losses of all epochs so far kind="wrong" zh="从 0 加起" en="adding from 0"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    history, total, count = [], 0.0, 0
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(batch_size):
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
            count += len(rows)
        history.append(total / count)
    return history


# %% evaluates after the epoch kind="wrong" zh="走完一步以后" en="after each step"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    history = []
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(batch_size):
            optimizer.zero_grad()
            F.cross_entropy(model(images[rows]), labels[rows]).backward()
            optimizer.step()
        with torch.no_grad():
            history.append(F.cross_entropy(model(images), labels).item())
    return history


# %% batches made once and used up kind="wrong" zh="重新分批" en="batches anew"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    batches = ((images[rows], labels[rows]) for rows in torch.randperm(len(images)).split(batch_size))
    model.train()
    history = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for x, y in batches:
            loss = F.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        history.append(total / count)
    return history


# %% all labels with each batch kind="wrong" zh="标签也要取哪些" en="labels of these very pictures"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    history = []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(images)).split(batch_size):
            loss = F.cross_entropy(model(images[rows]), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        history.append(total / len(images))
    return history


# %% shuffles the images alone kind="wrong" zh="用同样的索引取" en="by the same indices"
def fit(model, images, labels, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    history = []
    for _ in range(epochs):
        total = 0.0
        order = torch.randperm(len(images))
        for rows, y in zip(order.split(batch_size), labels.split(batch_size)):
            loss = F.cross_entropy(model(images[rows]), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        history.append(total / len(images))
    return history
