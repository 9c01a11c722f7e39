# %% minus the log of the probability kind="right"
def first_loss(classes):
    return -math.log(1 / classes)


# %% through PyTorch kind="right"
def first_loss(classes):
    return F.cross_entropy(torch.zeros(1, classes), torch.tensor([0])).item()


# %% log sum exp kind="right"
def first_loss(classes):
    return torch.logsumexp(torch.zeros(classes), 0).item()


# %% log of a tensor kind="right"
def first_loss(classes):
    return float(torch.log(torch.tensor(float(classes))))


# %% the probability kind="wrong" zh="还要取 −ln" en="take −ln"
def first_loss(classes):
    return 1 / classes


# %% no minus kind="wrong" zh="少了负号" en="minus is missing"
def first_loss(classes):
    return math.log(1 / classes)


# %% base 10 kind="wrong" zh="以 10 为底" en="base 10"
def first_loss(classes):
    return math.log10(classes)


# %% base 2 kind="wrong" zh="结果" en="value"
def first_loss(classes):
    return math.log2(classes)


# %% always ten kind="wrong" zh="不总是 10" en="not always 10"
def first_loss(classes):
    return math.log(10)


# %% a tensor kind="wrong" zh=".item()" en=".item()"
def first_loss(classes):
    return torch.log(torch.tensor(float(classes)))


# %% sum over classes kind="wrong" zh="各类加起来" en="add up over all classes"
def first_loss(classes):
    return -sum(math.log(1 / classes) for _ in range(classes))


# %% rounded kind="wrong" zh="结果" en="value"
def first_loss(classes):
    return round(math.log(classes), 2)


# %% entropy by random logits kind="wrong" zh="结果" en="value"
def first_loss(classes):
    return F.cross_entropy(torch.randn(1, classes), torch.tensor([0])).item()
