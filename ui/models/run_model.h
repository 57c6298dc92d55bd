#pragma once

#include "core/config/config_difference.h"
#include "core/session/training_session.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/run_history.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace headroom::ui {

class ConfigModel;

enum class RunState {
    Idle,     ///< no run was begun yet in this window
    Starting, ///< asked for, but nothing is learnt yet
    Training,
    Paused,   ///< asked for as well: after the step in progress
    Stopping, ///< finishes its step and saves
    Ended,    ///< see history() and failure()
};

/// The run that the window is about: begun, steered and ended here. While it is going, what the setting
/// changes is handed to it where that takes effect at the next step; the rest is pending. Destruction stops
/// the run, which saves, and joins. GUI thread.
class RunModel : public QObject {
    Q_OBJECT

public:
    RunModel(std::unique_ptr<TrainingSession> session, ConfigModel& config);
    ~RunModel() override;

    RunState state() const { return state_; }
    bool running() const { return bridge_.running(); }
    const RunHistory& history() const { return history_; }
    /// Why the last run failed; absent otherwise.
    const std::optional<Failed>& failure() const { return failure_; }

    /// The folder of the run, with its setting once it has one: which then can be carried on.
    const QString& folder() const { return folder_; }
    const std::optional<RunConfig>& runConfig() const { return runConfig_; }
    /// Whether a folder has a run in it.
    static bool holdsRun(const QString& folder);
    /// The setting in the window, with which a new run would begin.
    const RunConfig& setting() const;
    /// Takes a run that exists, by its folder, and what was read of it: the setting becomes the run's.
    /// While none is running. @throws Error when its configuration cannot be read
    void open(const QString& folder);
    /// What was read of the opened run, in pieces.
    void addHistory(const std::vector<TimedEvent>& events);

    /// Begins a run in a new folder, under training.output_dir where none is given.
    void startNew(const QString& folder = {});
    /// Carries on the run of folder().
    void carryOn();
    void pause();
    void resume();
    void stop();
    /// The same, but returns when the run has ended: its last events and ended() follow.
    void stopAndWait();
    void saveNow();

    /// What the setting has and the run has not: changes that it takes when it is carried on, or never.
    std::vector<KnobDifference> pending() const;
    /// Whether the folder has a run that can go on with the setting as it is: not one that is done, nor one
    /// that cannot take the changes.
    bool canCarryOn() const;

Q_SIGNALS:
    void stateChanged();
    /// Something was added to history().
    void historyChanged();
    /// history() is that of another run.
    void historyReplaced();
    void pendingChanged();
    void ended();
    /// What the user asked for cannot be done.
    void refused(const QString& message);

private:
    void start(const QString& folder, bool resume);
    void receive(const std::vector<TimedEvent>& events);
    void follow(const TrainingEvent& event);
    void setState(RunState state);
    void handOver();

    ConfigModel& config_;
    RunState state_ = RunState::Idle;
    RunHistory history_;
    std::optional<Failed> failure_;
    QString folder_;
    std::optional<RunConfig> runConfig_;
    QTimer settled_; ///< so that a drag is one change of the run, not fifty
    TrainingBridge bridge_;
};

/// "Paused", "Stopped at step 120", ...: how the run stands, in a few words.
QString runStateText(const RunModel& run);

} // namespace headroom::ui
