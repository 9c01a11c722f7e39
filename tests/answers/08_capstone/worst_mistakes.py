# %% right ones last kind="right"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    wrong = predicted != labels
    confidence = torch.where(wrong, confidence, -1.0)
    return confidence.argsort(descending=True)[: min(k, int(wrong.sum()))]


# %% topk kind="right"
def worst_mistakes(logits, labels, k):
    probabilities = torch.softmax(logits, dim=-1)
    wrong = torch.where(probabilities.argmax(1) != labels)[0]
    values = probabilities[wrong].amax(1)
    return wrong[values.topk(min(k, len(wrong))).indices]


# %% Python's sorted kind="right"
def worst_mistakes(logits, labels, k):
    confidence = logits.softmax(1).amax(1).tolist()
    predicted = logits.argmax(1)
    wrong = [i for i in range(len(labels)) if predicted[i] != labels[i]]
    wrong.sort(key=lambda i: -confidence[i])
    return torch.tensor(wrong[:k], dtype=torch.int64)


# %% log-softmax kind="right"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.log_softmax(1).max(1)
    order = confidence.argsort(descending=True)
    return order[predicted[order] != labels[order]][:k]


# %% by logits kind="wrong" zh="先做 softmax" en="take softmax first"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.max(1)
    wrong = (predicted != labels).nonzero().flatten()
    return wrong[confidence[wrong].argsort(descending=True)[:k]]


# %% among the wrong ones kind="wrong" zh="换回整批里的位置" en="positions in the batch"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    return confidence[predicted != labels].argsort(descending=True)[:k]


# %% least sure first kind="wrong" zh="次序反了" en="turn the order"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    wrong = (predicted != labels).nonzero().flatten()
    return wrong[confidence[wrong].argsort()[:k]]


# %% right ones too kind="wrong" zh="只要错的" en="only wrong ones"
def worst_mistakes(logits, labels, k):
    return logits.softmax(1).amax(1).argsort(descending=True)[:k]


# %% only the right ones kind="wrong" zh="这些是答对的" en="those are right answers"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    right = (predicted == labels).nonzero().flatten()
    return right[confidence[right].argsort(descending=True)[:k]]


# %% probability of the truth kind="wrong" zh="预测的那一类的概率" en="that of the predicted one"
def worst_mistakes(logits, labels, k):
    probabilities = logits.softmax(1)
    truth = probabilities[torch.arange(len(labels)), labels]
    wrong = (logits.argmax(1) != labels).nonzero().flatten()
    return wrong[truth[wrong].argsort()[:k]]


# %% not sorted kind="wrong" zh="按位置排的序" en="sorted by position"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    wrong = (predicted != labels).nonzero().flatten()
    return wrong[confidence[wrong].argsort(descending=True)[:k]].sort().values


# %% topk of too few kind="wrong" zh="min(k, …)" en="min(k, …)"
def worst_mistakes(logits, labels, k):
    probabilities = logits.softmax(1)
    wrong = (probabilities.argmax(1) != labels).nonzero().flatten()
    return wrong[probabilities[wrong].amax(1).topk(k).indices]


# %% softmax over the batch kind="wrong" zh="dim=1" en="dim=1"
def worst_mistakes(logits, labels, k):
    probabilities = logits.softmax(0)
    confidence, predicted = probabilities.max(1)
    wrong = (predicted != labels).nonzero().flatten()
    return wrong[confidence[wrong].argsort(descending=True)[:k]]


# %% a column of positions kind="wrong" zh="形状" en="shape"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    wrong = (predicted != labels).nonzero()
    return wrong[confidence[wrong.flatten()].argsort(descending=True)[:k]]


# %% all of them kind="wrong" zh="最多 k 个" en="at most"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    wrong = (predicted != labels).nonzero().flatten()
    return wrong[confidence[wrong].argsort(descending=True)]


# %% takes k before it drops the right ones kind="wrong" zh="先挑出错的，再取 k 个" en="pick the wrong ones first"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    order = confidence.argsort(descending=True)[:k]
    return order[predicted[order] != labels[order]]


# %% lead over the second kind="wrong" zh="和第二名的差" en="the lead over the second"
def worst_mistakes(logits, labels, k):
    first, second = logits.softmax(1).topk(2, dim=1).values.T
    wrong = (logits.argmax(1) != labels).nonzero().flatten()
    return wrong[(first - second)[wrong].argsort(descending=True)[:k]]


# %% greatest loss kind="wrong" zh="预测的那一类的概率" en="that of the predicted one"
def worst_mistakes(logits, labels, k):
    loss = F.cross_entropy(logits, labels, reduction="none")
    wrong = (logits.argmax(1) != labels).nonzero().flatten()
    return wrong[loss[wrong].argsort(descending=True)[:k]]


# %% fills up with right ones kind="wrong" zh="有几个返回几个" en="as many as there are"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    return (confidence * (predicted != labels)).argsort(descending=True)[:k]


# %% floats of nothing kind="wrong" zh="`dtype=`" en="`dtype=`"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    wrong = [i for i in range(len(labels)) if predicted[i] != labels[i]]
    wrong.sort(key=lambda i: -confidence[i])
    return torch.tensor(wrong[:k])


# %% probabilities kind="wrong" zh="这是概率" en="those are probabilities"
def worst_mistakes(logits, labels, k):
    confidence, predicted = logits.softmax(1).max(1)
    return confidence[predicted != labels].sort(descending=True).values[:k]
