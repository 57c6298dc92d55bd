#pragma once

#include "core/config/config_difference.h"
#include "core/session/run_store.h"
#include "core/session/training_session.h"
#include "core/view/run_history.h"
#include "ui/bridge/training_bridge.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom::ui {

class ConfigModel;

enum class RunPhase {
    Idle,     ///< nothing was trained here yet, or only looked at: see history() for how a run stands
    Starting, ///< asked for, but no step is done yet
    Training,
    Paused,   ///< asked for as well: after the step in progress
    Stopping, ///< finishes its step and saves
    Ended,    ///< it was trained here: see history() and failure()
};

/// The run that the window is about: started, steered and ended here, or opened from its folder and followed
/// while another program trains it. While it trains here, what the setting changes is handed to it where that
/// takes effect at the next step; the rest is pending. Destruction stops the run, which saves, and joins.
/// GUI thread.
class RunModel : public QObject {
    Q_OBJECT

public:
    RunModel(std::unique_ptr<TrainingSession> session, ConfigModel& config);
    ~RunModel() override;

    RunPhase state() const { return state_; }
    /// From the moment it is asked for until ended().
    bool running() const { return bridge_.running() || catchingUp_; }
    /// Whether its events come from here: not while its journal is still read before it is resumed.
    bool trainsHere() const { return bridge_.running(); }
    const RunHistory& history() const { return history_; }
    /// Why the last run from here failed, or could not begin; absent otherwise.
    const std::optional<Failed>& failure() const { return failure_; }
    /// Whether the last run from here got as far as to begin.
    bool begun() const { return begun_; }

    /// The folder of the run, with its setting once it has one: then the run can be resumed.
    const QString& folder() const { return folder_; }
    const std::optional<RunConfig>& runConfig() const { return runConfig_; }
    /// Where new runs go: the folder of the setting, or under preferences::runsFolder() where it names none.
    QString runsFolder() const;
    /// The setting in the window, with which a new run would begin.
    const RunConfig& setting() const;
    /// Whether the run's folder holds the setting of the window.
    bool keepsSetting() const;
    /// Opens a run that exists: the setting becomes the run's. Its history is given by take() from then on.
    /// While none is running. @throws Error when its configuration cannot be read
    void open(const QString& folder);

    // What is read of the run's journal while it does not train here.
    /// From now on take() is called at each journalWanted(), and now and then without it.
    void setFollowed(bool followed) { followed_ = followed; }
    void take(const RunPiece& piece);
    /// Share of the journal that was read, while it is read for the first time.
    const std::optional<double>& reading() const { return reading_; }
    /// The program that trains it now, if not this one: "process 14328 on workshop"; or empty.
    const QString& writer() const { return writer_; }
    /// Step of the newest checkpoint; absent where there is none, or nothing was read yet.
    const std::optional<std::int64_t>& checkpoint() const { return checkpoint_; }

    /// Begins a run in a new folder, in runsFolder() where none is given.
    void startNew(const QString& folder = {});
    /// Resumes the run of folder(), after what other programs added to its journal was read.
    void resumeRun();
    void pause();
    void resume();
    void stop();
    /// The same, but returns when the run has ended: its last events and ended() follow.
    void stopAndWait();
    void saveNow();

    /// What the setting has and the run has not: changes that it takes when it is resumed, or never.
    std::vector<OptionDifference> pending() const;
    /// Whether the folder has a run that can go on with the setting as it is: not one that is done or trained
    /// by another program, nor one that cannot take the changes.
    bool canResume() const;

Q_SIGNALS:
    /// Also where what is read of the run changed how it stands.
    void stateChanged();
    /// Something was added to history().
    void historyChanged();
    /// history() is that of another run.
    void historyReplaced();
    void pendingChanged();
    void ended();
    /// What the user asked for cannot be done.
    void refused(const QString& message);
    /// A run was opened.
    void opened();
    /// The rest of the journal is needed now: the run is to be resumed.
    void journalWanted();

private:
    void start(const QString& folder, bool resume);
    void startResumed();
    void takeFolderConfig();
    void receive(const std::vector<TimedEvent>& events);
    void finish();
    void follow(const TrainingEvent& event);
    void setState(RunPhase state);
    void handOver();

    ConfigModel& config_;
    RunPhase state_ = RunPhase::Idle;
    RunHistory history_;
    std::optional<Failed> failure_;
    bool begun_ = false;
    bool resumes_ = false; ///< the last start was of a run that existed
    QString folder_;
    std::optional<RunConfig> runConfig_;
    bool followed_ = false;
    bool catchingUp_ = false; ///< the journal is read before the run is resumed
    std::optional<double> reading_;
    QString writer_;
    std::optional<std::int64_t> checkpoint_;
    QTimer settled_; ///< so that a drag is one change of the run, not fifty
    TrainingBridge bridge_;
};

} // namespace headroom::ui
