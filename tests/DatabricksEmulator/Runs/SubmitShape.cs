using FunctionTune.DatabricksEmulator.Wire;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>The fields of runs/submit. Those that mean nothing here are accepted and ignored; those unknown to Databricks are refused.</summary>
internal static class SubmitShape
{
    private static readonly Shape Texts = Shape.List(Shape.Text);

    private static readonly Shape TextMap = Shape.Map(Shape.Text);

    private static readonly Shape Source = Shape.OneOf("WORKSPACE", "GIT");

    private static readonly Shape Library = Shape.Object(
        ("jar", Shape.Text),
        ("whl", Shape.Text),
        ("egg", Shape.Text),
        ("requirements", Shape.Text),
        ("pypi", Shape.Object(("package*", Shape.Text), ("repo", Shape.Text))),
        ("maven", Shape.Object(("coordinates*", Shape.Text), ("repo", Shape.Text), ("exclusions", Texts))),
        ("cran", Shape.Object(("package*", Shape.Text), ("repo", Shape.Text)))
    );

    private static readonly Shape AzureAttributes = Shape.Object(
        ("availability", Shape.OneOf("ON_DEMAND_AZURE", "SPOT_AZURE", "SPOT_WITH_FALLBACK_AZURE")),
        ("first_on_demand", Shape.Whole),
        ("spot_bid_max_price", Shape.Number),
        ("capacity_reservation_group", Shape.Text),
        ("log_analytics_info", Shape.Any)
    );

    private static readonly Shape NewCluster = Shape.Object([
        .. Shape.Fields(
            Shape.Text,
            "spark_version*",
            "node_type_id",
            "driver_node_type_id",
            "cluster_name",
            "data_security_mode",
            "driver_instance_pool_id",
            "instance_pool_id",
            "kind",
            "policy_id",
            "runtime_engine",
            "single_user_name",
            "dependency_mode"
        ),
        .. Shape.Fields(
            Shape.Flag,
            "apply_policy_default_values",
            "enable_elastic_disk",
            "enable_local_disk_encryption",
            "is_single_node",
            "use_ml_runtime"
        ),
        .. Shape.Fields(
            Shape.Whole,
            "num_workers",
            "autotermination_minutes",
            "remote_disk_throughput",
            "total_initial_remote_disk_size"
        ),
        .. Shape.Fields(Shape.Map(Shape.Text), "spark_env_vars", "custom_tags"),
        // The real service takes numbers and booleans too, and turns them to text.
        ("spark_conf", Shape.Map(Shape.Any)),
        ("autoscale", Shape.Object(("min_workers", Shape.Whole), ("max_workers*", Shape.Whole))),
        ("azure_attributes", AzureAttributes),
        .. Shape.Fields(
            Shape.Map(Shape.Any),
            "aws_attributes",
            "gcp_attributes",
            "cluster_log_conf",
            "docker_image",
            "workload_type",
            "driver_node_type_flexibility",
            "worker_node_type_flexibility"
        ),
        ("init_scripts", Shape.List(Shape.Map(Shape.Any))),
        ("ssh_public_keys", Texts),
    ]);

    private static readonly Shape Task = Shape.Object([
        ("task_key*", Shape.Text),
        .. Shape.Fields(
            Shape.Text,
            "description",
            "existing_cluster_id",
            "environment_key",
            "environment_variables_key",
            "run_if"
        ),
        .. Shape.Fields(Shape.Whole, "max_retries", "min_retry_interval_millis", "timeout_seconds"),
        .. Shape.Fields(Shape.Flag, "retry_on_timeout", "disabled", "disable_auto_optimization"),
        ("depends_on", Shape.List(Shape.Object(("task_key*", Shape.Text), ("outcome", Shape.Text)))),
        ("new_cluster", NewCluster),
        ("libraries", Shape.List(Library)),
        ("spark_python_task", Shape.Object(("python_file*", Shape.Text), ("parameters", Texts), ("source", Source))),
        (
            "python_wheel_task",
            Shape.Object(
                ("package_name*", Shape.Text),
                ("entry_point*", Shape.Text),
                ("parameters", Texts),
                ("named_parameters", TextMap)
            )
        ),
        (
            "spark_jar_task",
            Shape.Object(
                ("main_class_name", Shape.Text),
                ("jar_uri", Shape.Text),
                ("run_as_repl", Shape.Flag),
                ("parameters", Texts)
            )
        ),
        (
            "notebook_task",
            Shape.Object(
                ("notebook_path*", Shape.Text),
                ("base_parameters", TextMap),
                ("source", Source),
                ("warehouse_id", Shape.Text)
            )
        ),
        ("spark_submit_task", Shape.Object(("parameters", Texts))),
        .. Shape.Fields(
            Shape.Map(Shape.Any),
            "email_notifications",
            "notification_settings",
            "webhook_notifications",
            "health",
            "compute"
        ),
    ]);

    private static readonly Shape Environment = Shape.Object(
        ("environment_key*", Shape.Text),
        (
            "spec",
            Shape.Object(
                ("client", Shape.Text),
                ("environment_version", Shape.Text),
                ("base_environment", Shape.Text),
                ("dependencies", Texts),
                ("java_dependencies", Texts)
            )
        )
    );

    private static readonly Shape Access = Shape.Object(
        ("user_name", Shape.Text),
        ("group_name", Shape.Text),
        ("service_principal_name", Shape.Text),
        ("permission_level*", Shape.OneOf("CAN_MANAGE", "CAN_MANAGE_RUN", "CAN_VIEW", "IS_OWNER"))
    );

    /// <summary>The whole body.</summary>
    public static Shape Body { get; } =
        Shape.Object([
            .. Shape.Fields(Shape.Text, "run_name", "idempotency_token", "budget_policy_id", "usage_policy_id"),
            ("timeout_seconds", Shape.Whole),
            ("performance_target", Shape.OneOf("STANDARD", "PERFORMANCE_OPTIMIZED")),
            ("queue", Shape.Object(("enabled*", Shape.Flag))),
            ("tags", TextMap),
            ("run_as", Shape.Object(("user_name", Shape.Text), ("service_principal_name", Shape.Text))),
            ("access_control_list", Shape.List(Access)),
            ("environments", Shape.List(Environment)),
            ("environment_variables", Shape.List(Shape.Map(Shape.Any))),
            ("tasks", Shape.List(Task)),
            .. Shape.Fields(
                Shape.Map(Shape.Any),
                "email_notifications",
                "notification_settings",
                "webhook_notifications",
                "health",
                "git_source"
            ),
        ]);
}
