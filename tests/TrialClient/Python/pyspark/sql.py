class SparkSession:
    """The active session exists once somebody made it, as on a driver."""

    _active = None

    class builder:
        @staticmethod
        def getOrCreate():
            import pyspark

            SparkSession._active = SparkSession._active or SparkSession(pyspark.SparkContext())
            return SparkSession._active

    def __init__(self, context):
        self.sparkContext = context

    @staticmethod
    def getActiveSession():
        return SparkSession._active
