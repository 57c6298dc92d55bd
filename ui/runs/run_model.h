// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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
#include <utility>
#include <vector>

namespace headroom::ui {

class ConfigModel;

enum class RunActivity {
    Idle,     ///< no run, or a run that was opened but not trained here; for its state see history()
    Starting, ///< requested, but not training yet
    Training,
    Paused,   ///< from the request on; the current step is still finished
    Stopping, ///< finishing the current step and saving
    Ended,    ///< was trained here; see history() and failure()
};

/// The open run of the window: started and controlled here, or opened from its folder and followed while
/// another program trains it. While it trains here, configuration changes that take effect at the next step
/// are applied to it; the others are pending. The destructor stops the run, which saves a checkpoint, and
/// joins. GUI thread.
class RunModel : public QObject {
    Q_OBJECT

public:
    RunModel(std::unique_ptr<TrainingSession> session, ConfigModel& config);
    ~RunModel() override;

    RunActivity state() const { return state_; }
    /// From the request to start until ended().
    bool running() const { return bridge_.running() || catchingUp_; }
    /// Whether this program trains the run. False, unlike running(), while a resume reads the journal.
    bool trainsHere() const { return bridge_.running(); }
    const RunHistory& history() const { return history_; }
    /// Why the last training here failed or could not start; absent otherwise.
    const std::optional<Failed>& failure() const { return failure_; }
    /// Whether the last training here has emitted Started.
    bool started() const { return started_; }

    /// Folder of the run; empty if there is none.
    const QString& folder() const { return folder_; }
    /// Configuration of the run; absent if there is no run.
    const std::optional<RunConfig>& runConfig() const { return runConfig_; }
    /// Folder of new runs: that of the configuration, or preferences::runsFolder() if it names none.
    QString runsFolder() const;
    /// Whether the run's folder contains the configuration of the window.
    bool folderHasConfiguration() const;
    /// Opens an existing run: its configuration becomes the baseline of the window, and appendJournal()
    /// provides its history. Precondition: !running(). Throws Error if its configuration cannot be read.
    void open(const QString& folder);

    // The run's journal, while it does not train here.
    /// @param follows appendJournal() is called after each journalNeeded() and from time to time
    void setFollowsJournal(bool follows) { followsJournal_ = follows; }
    void appendJournal(const RunPiece& piece);
    /// Fraction of the journal read so far, 0 to 1, during the first read; absent otherwise.
    const std::optional<double>& reading() const { return reading_; }
    /// The other program that trains the run: "process 14328 on workshop"; empty if there is none.
    const QString& writer() const { return writer_; }
    /// Step of the newest checkpoint; absent if there is none or the journal has not been read.
    const std::optional<std::int64_t>& checkpoint() const { return checkpoint_; }

    /// Device of the next start: "auto", "cpu", "cuda:1".
    void setDevice(std::string device) { device_ = std::move(device); }
    /// Ranks of the next start.
    void setRanks(int ranks) { ranks_ = ranks; }

    /// Starts a run in a new folder; if `folder` is empty, in a new subfolder of runsFolder().
    void startNew(const QString& folder = {});
    /// Resumes the run in folder(), after reading what other programs added to its journal.
    void resumeRun();
    void pause();
    void resume();
    void stop();
    /// As stop(), but blocks until the run has ended. Its last events and ended() follow.
    void stopAndWait();
    void saveNow();

    /// Configuration changes not applied to the current run: they take effect on resume, or need a new run.
    std::vector<OptionDifference> pending() const;
    /// Whether the run can be resumed with the current configuration: no other program trains it, no change
    /// needs a new run, and it is not finished or has pending changes.
    bool canResume() const;

Q_SIGNALS:
    /// state() or, by reading the journal, the state of the run has changed.
    void stateChanged();
    /// history() has grown.
    void historyChanged();
    /// history() was replaced.
    void historyReplaced();
    void pendingChanged();
    void ended();
    /// A request of the user failed.
    void refused(const QString& message);
    /// A run was opened.
    void opened();
    /// The rest of the journal is needed to resume the run.
    void journalNeeded();

private:
    void start(const QString& folder, bool resume);
    void startResumed();
    void reloadRunConfig();
    void receive(const std::vector<TimedEvent>& events);
    void finish();
    void updateState(const TrainingEvent& event);
    void setState(RunActivity state);
    void applyLiveChanges();

    ConfigModel& config_;
    RunActivity state_ = RunActivity::Idle;
    RunHistory history_;
    std::string device_ = "auto";
    int ranks_ = 1;
    std::optional<Failed> failure_;
    bool started_ = false;
    bool resumed_ = false; ///< the last start was a resume
    QString folder_;
    std::optional<RunConfig> runConfig_;
    bool followsJournal_ = false;
    bool catchingUp_ = false; ///< reading the journal before a resume
    std::optional<double> reading_;
    QString writer_;
    std::optional<std::int64_t> checkpoint_;
    QTimer debounce_; ///< of configuration changes, so that dragging a slider is one change of the run
    TrainingBridge bridge_;
};

} // namespace headroom::ui
