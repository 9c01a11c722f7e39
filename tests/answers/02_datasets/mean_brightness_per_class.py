# %% index_add kind="right"
def mean_brightness_per_class(loader, classes):
    total, count = torch.zeros(classes), torch.zeros(classes)
    for images, labels in loader:
        total.index_add_(0, labels, images.flatten(1).sum(1))
        count.index_add_(0, labels, torch.full((len(labels),), float(images[0].numel())))
    return torch.where(count > 0, total / count.clamp(min=1), 0.0)


# %% means of pictures, bincount kind="right"
def mean_brightness_per_class(loader, classes):
    totals = torch.zeros(classes, dtype=torch.float64)
    counts = torch.zeros(classes, dtype=torch.int64)
    for images, labels in loader:
        means = images.reshape(len(images), -1).mean(dim=1)
        totals += torch.bincount(labels, weights=means, minlength=classes)
        counts += torch.bincount(labels, minlength=classes)
    return (totals / counts.clamp(min=1)).float()


# %% gathers everything first kind="right"
def mean_brightness_per_class(loader, classes):
    batches = list(loader)
    images = torch.cat([images for images, _ in batches])
    labels = torch.cat([labels for _, labels in batches])
    result = torch.zeros(classes)
    for c in range(classes):
        if (labels == c).any():
            result[c] = images[labels == c].mean()
    return result


# %% sample by sample kind="right"
def mean_brightness_per_class(loader, classes):
    sums = [0.0] * classes
    numbers = [0] * classes
    for images, labels in loader:
        for image, label in zip(images, labels, strict=True):
            sums[label] += image.mean().item()
            numbers[label] += 1
    return torch.tensor([s / n if n else 0.0 for s, n in zip(sums, numbers, strict=True)])


# %% one-hot product kind="right"
def mean_brightness_per_class(loader, classes):
    total, count = torch.zeros(classes), torch.zeros(classes)
    for images, labels in loader:
        mask = (labels[:, None] == torch.arange(classes)).float()
        total += images.flatten(1).mean(1) @ mask
        count += mask.sum(0)
    return torch.nan_to_num(total / count)


# %% lists of pictures kind="right"
def mean_brightness_per_class(loader, classes):
    pictures = {c: [] for c in range(classes)}
    for images, labels in loader:
        for c in pictures:
            pictures[c] += list(images[labels == c])
    return torch.stack([torch.stack(p).mean() if p else torch.tensor(0.0) for p in pictures.values()])


# %% mean of the batches' means kind="wrong" zh="各批平均值的平均" en="mean of the batches' means"
def mean_brightness_per_class(loader, classes):
    means = [[] for _ in range(classes)]
    for images, labels in loader:
        for c in range(classes):
            if (labels == c).any():
                means[c].append(images[labels == c].mean().item())
    return torch.tensor([sum(m) / len(m) if m else 0.0 for m in means])


# %% divided by the number of batches kind="wrong" zh="各批平均值的平均" en="mean of the batches' means"
def mean_brightness_per_class(loader, classes):
    result = torch.zeros(classes)
    for images, labels in loader:
        for c in range(classes):
            if (labels == c).any():
                result[c] += images[labels == c].mean()
    return result / len(loader)


# %% last batch only kind="wrong" zh="最后一批" en="last batch only"
def mean_brightness_per_class(loader, classes):
    for images, labels in loader:
        result = torch.zeros(classes)
        for c in range(classes):
            if (labels == c).any():
                result[c] = images[labels == c].mean()
    return result


# %% total per picture kind="wrong" zh="每张图片的像素数" en="the pixels of a picture"
def mean_brightness_per_class(loader, classes):
    total, count = torch.zeros(classes), torch.zeros(classes)
    for images, labels in loader:
        for c in range(classes):
            total[c] += images[labels == c].sum()
            count[c] += (labels == c).sum()
    return total / count.clamp(min=1)


# %% totals kind="wrong" zh="这是总和" en="those are totals"
def mean_brightness_per_class(loader, classes):
    total = torch.zeros(classes)
    for images, labels in loader:
        for c in range(classes):
            total[c] += images[labels == c].sum()
    return total


# %% divided by all samples kind="wrong" zh="每一类只除以自己的" en="each class has its own number"
def mean_brightness_per_class(loader, classes):
    total, count = torch.zeros(classes), 0
    for images, labels in loader:
        count += images.numel()
        for c in range(classes):
            total[c] += images[labels == c].sum()
    return total / count


# %% nan for absent classes kind="wrong" zh="nan" en="nan"
def mean_brightness_per_class(loader, classes):
    total, count = torch.zeros(classes), torch.zeros(classes)
    for images, labels in loader:
        for c in range(classes):
            total[c] += images[labels == c].sum()
            count[c] += images[labels == c].numel()
    return total / count


# %% a pass for each class kind="wrong" zh="只许一遍" en="once is allowed"
def mean_brightness_per_class(loader, classes):
    result = torch.zeros(classes)
    for c in range(classes):
        pictures = torch.cat([images[labels == c] for images, labels in loader])
        if len(pictures):
            result[c] = pictures.mean()
    return result


# %% goes round the loader kind="wrong" zh="没有用到 `loader`" en="was not used"
def mean_brightness_per_class(loader, classes):
    images, labels = loader.dataset.tensors
    result = torch.zeros(classes)
    for c in range(classes):
        if (labels == c).any():
            result[c] = images[labels == c].mean()
    return result


# %% only the classes that occur kind="wrong" zh="每个类别都要有一个数" en="every class needs a number"
def mean_brightness_per_class(loader, classes):
    batches = list(loader)
    images = torch.cat([images for images, _ in batches])
    labels = torch.cat([labels for _, labels in batches])
    return torch.stack([images[labels == c].mean() for c in labels.unique()])


# %% a list kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def mean_brightness_per_class(loader, classes):
    sums, numbers = [0.0] * classes, [0] * classes
    for images, labels in loader:
        for image, label in zip(images, labels.tolist(), strict=True):
            sums[label] += image.mean().item()
            numbers[label] += 1
    return [s / max(n, 1) for s, n in zip(sums, numbers, strict=True)]


# %% float64 kind="wrong" zh="float64" en="float64"
def mean_brightness_per_class(loader, classes):
    totals = torch.zeros(classes, dtype=torch.float64)
    counts = torch.zeros(classes, dtype=torch.int64)
    for images, labels in loader:
        totals += torch.bincount(labels, weights=images.flatten(1).mean(1).double(), minlength=classes)
        counts += torch.bincount(labels, minlength=classes)
    return totals / counts.clamp(min=1)


# %% one mean for all classes kind="wrong" zh="每个类别都要有一个数" en="every class needs a number"
def mean_brightness_per_class(loader, classes):
    total, count = 0.0, 0
    for images, _ in loader:
        total += images.sum()
        count += images.numel()
    return total / count


# %% return inside the loop kind="wrong" zh="第一批" en="first batch"
def mean_brightness_per_class(loader, classes):
    total, count = torch.zeros(classes), torch.zeros(classes)
    for images, labels in loader:
        for c in range(classes):
            total[c] += images[labels == c].sum()
            count[c] += images[labels == c].numel()
        return total / count.clamp(min=1)


# %% overwrites kind="wrong" zh="不要覆盖" en="don't overwrite"
def mean_brightness_per_class(loader, classes):
    means = torch.zeros(classes)
    for images, labels in loader:
        for c in labels.unique():
            means[c] = images[labels == c].mean()
    return means


# %% adds at an index kind="wrong" zh="只加一次" en="adds only once"
def mean_brightness_per_class(loader, classes):
    totals, numbers = torch.zeros(classes), torch.zeros(classes)
    for images, labels in loader:
        totals[labels] += images.flatten(1).sum(1)
        numbers[labels] += images[0].numel()
    return totals / numbers.clamp(min=1)


# %% divides by zero kind="wrong" zh="除数是 0" en="divisor is 0"
def mean_brightness_per_class(loader, classes):
    totals, numbers = [0.0] * classes, [0] * classes
    for images, labels in loader:
        for image, label in zip(images, labels):
            totals[label] += image.mean().item()
            numbers[label] += 1
    return torch.tensor([total / number for total, number in zip(totals, numbers)])
