"""A trial that uses the whole cluster: cross-validation of a random forest of Spark's MLlib."""

import functiontune

FOLDS = 3


def objective(params):
    from pyspark.ml import Pipeline
    from pyspark.ml.classification import RandomForestClassifier
    from pyspark.ml.evaluation import BinaryClassificationEvaluator
    from pyspark.ml.feature import VectorAssembler
    from pyspark.sql import SparkSession

    trial = functiontune.current_trial()
    spark = SparkSession.builder.getOrCreate()
    # Spark reads the data where it was staged; it is not fetched to the driver.
    table = spark.read.csv(trial.data_uris("all"), header=True, inferSchema=True)
    features = [column for column in table.columns if column != "benign"]
    settings = {**params, "numTrees": int(params["numTrees"])}
    pipeline = Pipeline(
        stages=[
            VectorAssembler(inputCols=features, outputCol="features"),
            RandomForestClassifier(labelCol="benign", seed=0, **settings),
        ]
    )
    evaluator = BinaryClassificationEvaluator(labelCol="benign", metricName="areaUnderROC")
    parts = [part.cache() for part in table.randomSplit([1.0] * FOLDS, seed=0)]
    losses = []
    for held_out in range(FOLDS):
        train = None
        for part in (part for i, part in enumerate(parts) if i != held_out):
            train = part if train is None else train.union(part)
        predictions = pipeline.fit(train).transform(parts[held_out])
        losses.append(1 - evaluator.evaluate(predictions))
        trial.report(len(losses), sum(losses) / len(losses))
    for part in parts:
        part.unpersist()
    return {"status": functiontune.STATUS_OK, "losses": losses}


if __name__ == "__main__":
    functiontune.run(objective)
