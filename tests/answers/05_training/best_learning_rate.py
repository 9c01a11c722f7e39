# %% min with a key kind="right"
def best_learning_rate(make_model, images, labels, rates, steps):
    def final(rate):
        model = make_model()
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        for _ in range(steps):
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        loss = F.cross_entropy(model(images), labels).item()
        return loss if math.isfinite(loss) else math.inf

    return min(rates, key=final)


# %% by hand kind="right"
def best_learning_rate(make_model, images, labels, rates, steps):
    results = []
    for rate in rates:
        model = make_model()
        for _ in range(steps):
            model.zero_grad()
            F.cross_entropy(model(images), labels).backward()
            with torch.no_grad():
                for p in model.parameters():
                    p -= rate * p.grad
        with torch.no_grad():
            results.append(F.cross_entropy(model(images), labels))
    losses = torch.stack(results).nan_to_num(nan=math.inf)
    return rates[losses.argmin()]


# %% nan check kind="right"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, best_loss = None, None
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            nn.CrossEntropyLoss()(net(images), labels).backward()
            opt.step()
        loss = nn.CrossEntropyLoss()(net(images), labels).item()
        if math.isnan(loss) or math.isinf(loss):
            continue
        if best is None or loss < best_loss:
            best, best_loss = rate, loss
    return best


# %% sorted kind="right"
def best_learning_rate(make_model, images, labels, rates, steps):
    table = {}
    for place, rate in enumerate(rates):
        net = make_model().train()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        loss = F.cross_entropy(net(images), labels).item()
        if loss < math.inf:
            table[place] = loss
    return rates[sorted(table, key=table.get)[0]]


# %% nan not handled kind="wrong" zh="nan" en="nan"
def best_learning_rate(make_model, images, labels, rates, steps):
    losses = []
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        losses.append(F.cross_entropy(net(images), labels).item())
    return rates[losses.index(min(losses))]


# %% argmin of nan kind="wrong" zh="nan" en="nan"
def best_learning_rate(make_model, images, labels, rates, steps):
    losses = []
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        losses.append(F.cross_entropy(net(images), labels).item())
    return rates[torch.tensor(losses).argmin().item()]


# %% one model for all kind="wrong" zh="都要一个新模型" en="needs a new model"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    net = make_model()
    for rate in rates:
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        loss = F.cross_entropy(net(images), labels).item()
        if loss < lowest:
            best, lowest = rate, loss
    return best


# %% highest loss kind="wrong" zh="不是最后的损失最低" en="not the rate with the lowest"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, highest = None, -math.inf
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        loss = F.cross_entropy(net(images), labels).item()
        if math.isfinite(loss) and loss > highest:
            best, highest = rate, loss
    return best


# %% returns the loss kind="wrong" zh="不是损失" en="not its loss"
def best_learning_rate(make_model, images, labels, rates, steps):
    lowest = math.inf
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        loss = F.cross_entropy(net(images), labels).item()
        if loss < lowest:
            lowest = loss
    return lowest


# %% position kind="wrong" zh="位置" en="position"
def best_learning_rate(make_model, images, labels, rates, steps):
    losses = []
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        loss = F.cross_entropy(net(images), labels).item()
        losses.append(loss if math.isfinite(loss) else math.inf)
    return losses.index(min(losses))


# %% loss of the first step kind="wrong" zh="不是最后的损失最低" en="not the rate with the lowest"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        first = None
        for _ in range(steps):
            opt.zero_grad()
            loss = F.cross_entropy(net(images), labels)
            first = loss.item() if first is None else first
            loss.backward()
            opt.step()
        if first < lowest:
            best, lowest = rate, first
    return best


# %% the largest kind="wrong" zh="nan" en="nan"
def best_learning_rate(make_model, images, labels, rates, steps):
    for rate in rates:
        make_model()
    return max(rates)


# %% does not clear kind="wrong" zh="最低" en="lowest"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        loss = F.cross_entropy(net(images), labels).item()
        if loss < lowest:
            best, lowest = rate, loss
    return best


# %% a step too few kind="wrong" zh="最低" en="lowest"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    for rate in rates:
        net = make_model()
        opt = torch.optim.SGD(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            loss = F.cross_entropy(net(images), labels)
            loss.backward()
            opt.step()
        if math.isfinite(loss.item()) and loss.item() < lowest:
            best, lowest = rate, loss.item()
    return best


# %% Adam kind="wrong" zh="最低" en="lowest"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    for rate in rates:
        net = make_model()
        opt = torch.optim.Adam(net.parameters(), lr=rate)
        for _ in range(steps):
            opt.zero_grad()
            F.cross_entropy(net(images), labels).backward()
            opt.step()
        loss = F.cross_entropy(net(images), labels).item()
        if loss < lowest:
            best, lowest = rate, loss
    return best


# %% comparison alone kind="right"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    for rate in rates:
        model = make_model()
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        for _ in range(steps):
            optimizer.zero_grad()
            F.cross_entropy(model(images), labels).backward()
            optimizer.step()
        loss = F.cross_entropy(model(images), labels).item()
        if math.isfinite(loss) and loss < lowest:
            best, lowest = rate, loss
    return best


# %% last among equals kind="wrong" zh="靠前的" en="the first in the list"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    for rate in rates:
        model = make_model()
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        for _ in range(steps):
            optimizer.zero_grad()
            F.cross_entropy(model(images), labels).backward()
            optimizer.step()
        loss = F.cross_entropy(model(images), labels).item()
        if math.isfinite(loss) and loss <= lowest:
            best, lowest = rate, loss
    return best


# %% one step only kind="wrong" zh="走完 `steps` 步" en="after all `steps`"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    for rate in rates:
        model = make_model()
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()
        loss = F.cross_entropy(model(images), labels).item()
        if math.isfinite(loss) and loss < lowest:
            best, lowest = rate, loss
    return best


# %% make_model not called kind="wrong" zh="名字后面加括号" en="with brackets"
def best_learning_rate(make_model, images, labels, rates, steps):
    best, lowest = None, math.inf
    for rate in rates:
        model = make_model
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        for _ in range(steps):
            optimizer.zero_grad()
            F.cross_entropy(model(images), labels).backward()
            optimizer.step()
        loss = F.cross_entropy(model(images), labels).item()
        if math.isfinite(loss) and loss < lowest:
            best, lowest = rate, loss
    return best
