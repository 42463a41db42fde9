namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>The kinds of tasks that can be submitted.</summary>
public enum TaskKind
{
    /// <summary><c>spark_python_task</c>: a Python file.</summary>
    PythonFile,

    /// <summary><c>python_wheel_task</c>: an entry point of a wheel.</summary>
    PythonWheel,

    /// <summary><c>spark_jar_task</c>: a main class of a jar.</summary>
    Jar,

    /// <summary><c>notebook_task</c>: a notebook.</summary>
    Notebook,

    /// <summary><c>spark_submit_task</c>: the arguments of spark-submit.</summary>
    SparkSubmit,
}
