# %% a list kind="right"
def smooth(label, classes, share):
    return torch.tensor([share / classes + (1 - share) * (c == label) for c in range(classes)])


# %% one-hot mixed with the uniform distribution kind="right"
def smooth(label, classes, share):
    hard = functional.one_hot(torch.tensor(label), classes).float()
    return (1 - share) * hard + share * torch.ones(classes) / classes


# %% scatter kind="right"
def smooth(label, classes, share):
    target = torch.zeros(classes).fill_(share / classes)
    return target.scatter_add_(0, torch.tensor([label]), torch.tensor([1 - share]))


# %% lerp kind="right"
def smooth(label, classes, share):
    return torch.lerp(torch.eye(classes)[label], torch.full((classes,), 1 / classes), share)


# %% spreads over the others only kind="wrong" zh="不是只分给其余的类" en="not for the others only"
def smooth(label, classes, share):
    target = torch.full((classes,), share / max(classes - 1, 1))
    target[label] = 1 - share
    return target


# %% replaces instead of adding kind="wrong" zh="不是换掉" en="instead of replacing"
def smooth(label, classes, share):
    target = torch.full((classes,), share / classes)
    target[label] = 1 - share
    return target


# %% does not divide kind="wrong" zh="除以类别的个数" en="divide the share"
def smooth(label, classes, share):
    target = torch.full((classes,), share)
    target[label] = 1 - share
    return target


# %% adds one kind="wrong" zh="不是 1" en="not 1"
def smooth(label, classes, share):
    target = torch.full((classes,), share / classes)
    target[label] += 1
    return target


# %% one-hot kind="wrong" zh="还没有平滑" en="not yet smoothed"
def smooth(label, classes, share):
    return functional.one_hot(torch.tensor(label), classes).float()


# %% share the wrong way round kind="wrong" zh="反了" en="are swapped"
def smooth(label, classes, share):
    target = torch.full((classes,), (1 - share) / classes)
    target[label] += share
    return target


# %% counts from one kind="wrong" zh="从 0 数起" en="counts from 0"
def smooth(label, classes, share):
    target = torch.full((classes,), share / classes)
    target[label - 1] += 1 - share
    return target


# %% prints kind="wrong" zh="return" en="return"
def smooth(label, classes, share):
    target = torch.full((classes,), share / classes)
    target[label] += 1 - share
    print(target)


# %% no even part kind="wrong" zh="少了平均的那一份" en="the even part is missing"
def smooth(label, classes, share):
    return functional.one_hot(torch.tensor(label), classes) * (1 - share)


# %% even part only kind="wrong" zh="只有平均的那一份" en="the even part only"
def smooth(label, classes, share):
    return torch.full((classes,), share / classes)


# %% integers in place kind="wrong" zh="整数里放不下小数" en="fractions don't fit"
def smooth(label, classes, share):
    target = functional.one_hot(torch.tensor(label), classes)
    target *= 1 - share
    target += share / classes
    return target
