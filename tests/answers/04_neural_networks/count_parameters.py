# %% sum kind="right"
def count_parameters(model, trainable_only):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)


# %% two lists kind="right"
def count_parameters(model, trainable_only):
    chosen = list(model.parameters())
    if trainable_only:
        chosen = [p for p in chosen if p.requires_grad]
    return sum([p.nelement() for p in chosen])


# %% products of shapes kind="right"
import math


def count_parameters(model, trainable_only):
    total = 0
    for _, p in model.named_parameters():
        if trainable_only and not p.requires_grad:
            continue
        total += math.prod(p.shape)
    return total


# %% number of tensors kind="wrong" zh="张量的个数" en="how many tensors"
def count_parameters(model, trainable_only):
    return len([p for p in model.parameters() if p.requires_grad or not trainable_only])


# %% ignores the flag kind="wrong" zh="冻结的参数" en="frozen parameters"
def count_parameters(model, trainable_only):
    return sum(p.numel() for p in model.parameters())


# %% only trainable kind="wrong" zh="冻结的参数" en="frozen parameters"
def count_parameters(model, trainable_only):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


# %% state_dict kind="wrong" zh="缓冲区" en="buffers"
def count_parameters(model, trainable_only):
    if trainable_only:
        return sum(p.numel() for p in model.parameters() if p.requires_grad)
    seen = {id(t): t for t in model.state_dict(keep_vars=True).values()}
    return sum(t.numel() for t in seen.values())


# %% counts shared ones twice kind="wrong" zh="不止一次" en="more than once"
def count_parameters(model, trainable_only):
    total = 0
    for _, p in model.named_parameters(remove_duplicate=False):
        if p.requires_grad or not trainable_only:
            total += p.numel()
    return total


# %% weights only kind="wrong" zh="偏置也是参数" en="biases are parameters too"
def count_parameters(model, trainable_only):
    return sum(
        p.numel() for p in model.parameters() if p.ndim > 1 and (p.requires_grad or not trainable_only)
    )


# %% linear layers only kind="wrong" zh="只数了线性层" en="only linear layers"
def count_parameters(model, trainable_only):
    found = {p for m in model.modules() if isinstance(m, nn.Linear) for p in m.parameters()}
    return sum(p.numel() for p in found if p.requires_grad or not trainable_only)


# %% nothing unless trainable only kind="wrong" zh="不管冻结没冻结都要数" en="all parameters count"
def count_parameters(model, trainable_only):
    return sum(p.numel() for p in model.parameters() if trainable_only and p.requires_grad)


# %% the state dict's requires_grad kind="wrong" zh="一个也没数到" en="nothing was counted"
def count_parameters(model, trainable_only):
    return sum(t.numel() for t in model.state_dict().values() if t.requires_grad or not trainable_only)


# %% of every module kind="wrong" zh="数了好几遍" en="again and again"
def count_parameters(model, trainable_only):
    total = 0
    for module in model.modules():
        for p in module.parameters():
            if p.requires_grad or not trainable_only:
                total += p.numel()
    return total


# %% loops over the model kind="wrong" zh="这样的容器能循环" en="only containers"
def count_parameters(model, trainable_only):
    return sum(p.numel() for m in model for p in m.parameters() if p.requires_grad or not trainable_only)


# %% len of each kind="wrong" zh="`len(p)`" en="`len(p)`"
def count_parameters(model, trainable_only):
    return sum(len(p) for p in model.parameters() if p.requires_grad or not trainable_only)


# %% returns inside the loop kind="wrong" zh="循环之后" en="after the loop"
def count_parameters(model, trainable_only):
    count = 0
    for p in model.parameters():
        if p.requires_grad or not trainable_only:
            count += p.numel()
        return count
