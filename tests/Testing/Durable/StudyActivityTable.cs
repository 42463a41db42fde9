using System.Text.Json;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Orders;

namespace FunctionTune.Testing.Durable;

/// <summary>The activities of a study by their names.</summary>
public static class StudyActivityTable
{
    /// <summary>A worker's table.</summary>
    /// <param name="activities">The activities.</param>
    /// <param name="json">How orders and answers are written.</param>
    public static ActivityTable Of(StudyActivities activities, JsonSerializerOptions json) =>
        new ActivityTable(json)
            .Add<PrepareOrder, PrepareAnswer>(ActivityNames.Prepare, activities.PrepareAsync)
            .Add<LoadOrder, StudyStanding>(ActivityNames.Load, activities.LoadAsync)
            .Add<AppendOrder, LogSlice>(ActivityNames.Append, activities.AppendAsync)
            .Add<SuggestOrder, LogSlice>(ActivityNames.Suggest, activities.SuggestAsync)
            .Add<StartOrder, LogSlice>(ActivityNames.Start, activities.StartAsync)
            .Add<PollOrder, LogSlice>(ActivityNames.Poll, activities.PollAsync)
            .Add<StopOrder, LogSlice>(ActivityNames.Stop, activities.StopAsync)
            .Add<FinishOrder, LogSlice>(ActivityNames.Finish, activities.FinishAsync);
}
