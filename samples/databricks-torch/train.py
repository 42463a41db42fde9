"""A trial that trains on several machines: PyTorch's DistributedDataParallel, started by Spark's TorchDistributor."""

import functiontune

# One process for each GPU of the cluster's workers. They start together (barrier mode): a trial waits until all are free.
PROCESSES = 2


def objective(params):
    from pyspark.ml.torch.distributor import TorchDistributor

    trial = functiontune.current_trial()
    # Each process reads the file where it was staged: a volume, which every worker has.
    [place] = trial.data_uris("train")
    distributor = TorchDistributor(num_processes=PROCESSES, local_mode=False, use_gpu=True)
    loss, accuracy = distributor.run(train, place, params)
    return {"status": functiontune.STATUS_OK, "loss": loss, "metrics": {"accuracy": accuracy}}


def train(place, params):
    """What each process does; the first one's answer is the distributor's."""
    import torch
    import torch.distributed
    from torch.nn.parallel import DistributedDataParallel

    on_gpu = torch.cuda.is_available()
    torch.distributed.init_process_group("nccl" if on_gpu else "gloo")
    torch.manual_seed(0)
    rank = torch.distributed.get_rank()
    device = torch.device("cuda", rank % torch.cuda.device_count()) if on_gpu else torch.device("cpu")
    data, held_out = split(place)
    net = DistributedDataParallel(network(data[0].shape[1], params).to(device))
    optimizer = torch.optim.AdamW(net.parameters(), lr=params["learning_rate"])
    sampler = torch.utils.data.distributed.DistributedSampler(torch.utils.data.TensorDataset(*data), seed=0)
    batches = torch.utils.data.DataLoader(sampler.dataset, batch_size=params["batch_size"], sampler=sampler)
    measure = torch.nn.BCEWithLogitsLoss()
    for epoch in range(params["epochs"]):
        sampler.set_epoch(epoch)
        net.train()
        for features, benign in batches:
            optimizer.zero_grad()
            measure(net(features.to(device)).squeeze(1), benign.to(device)).backward()
            optimizer.step()
    net.eval()
    with torch.no_grad():
        logits = net.module(held_out[0].to(device)).squeeze(1).cpu()
    torch.distributed.destroy_process_group()
    return measure(logits, held_out[1]).item(), ((logits > 0) == (held_out[1] > 0.5)).float().mean().item()


def network(inputs, params):
    import torch

    return torch.nn.Sequential(
        torch.nn.Linear(inputs, params["width"]),
        torch.nn.ReLU(),
        torch.nn.Dropout(params["dropout"]),
        torch.nn.Linear(params["width"], 1),
    )


def split(place):
    """Features, standardised by the training rows, and labels: four fifths to train, one fifth held out."""
    import numpy as np
    import torch

    table = np.loadtxt(place, delimiter=",", skiprows=1, dtype="float32")
    table = table[np.random.default_rng(0).permutation(len(table))]
    border = len(table) * 4 // 5
    mean, deviation = table[:border, :-1].mean(axis=0), table[:border, :-1].std(axis=0)
    features = torch.from_numpy((table[:, :-1] - mean) / deviation)
    benign = torch.from_numpy(table[:, -1])
    return (features[:border], benign[:border]), (features[border:], benign[border:])
