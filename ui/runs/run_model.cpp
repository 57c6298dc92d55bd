// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/run_model.h"

#include "core/config/config_file.h"
#include "core/config/option_value.h"
#include "core/session/run_paths.h"
#include "core/support/error.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/preferences.h"

#include <QDir>

#include <algorithm>
#include <utility>
#include <variant>

namespace headroom::ui {
namespace {

bool holdsRun(const QString& folder) {
    return RunPaths{folder.toStdString()}.holdsRun();
}

QString configFile(const QString& folder) {
    return QString::fromStdString(RunPaths{folder.toStdString()}.config().string());
}

} // namespace

RunModel::RunModel(std::unique_ptr<TrainingSession> session, ConfigModel& config)
    : config_(config), bridge_(std::move(session)) {
    constexpr int debounceMs = 400;
    debounce_.setSingleShot(true);
    debounce_.setInterval(debounceMs);
    connect(&debounce_, &QTimer::timeout, this, &RunModel::applyLiveChanges);
    connect(&config_, &ConfigModel::changed, this, [this] {
        if (running())
            debounce_.start();
        Q_EMIT pendingChanged();
    });
    connect(&bridge_, &TrainingBridge::received, this, &RunModel::receive);
    connect(&bridge_, &TrainingBridge::ended, this, &RunModel::finish);
}

RunModel::~RunModel() = default;

QString RunModel::runsFolder() const {
    static const std::string defaultFolder = RunConfig{}.training.outputDir;
    const std::string& folder = config_.config().training.outputDir;
    if (folder == defaultFolder)
        return preferences::runsFolder();
    return QDir(preferences::dataFolder()).absoluteFilePath(QString::fromStdString(folder));
}

bool RunModel::folderHasConfiguration() const {
    return runConfig_ && *runConfig_ == config_.config() && holdsRun(folder_);
}

void RunModel::open(const QString& folder) {
    const QString path = QDir(folder).absolutePath();
    const RunConfig config = loadConfig(configFile(path).toStdString());
    folder_ = path;
    runConfig_ = config;
    history_ = RunHistory(config.training.stepsPerEpoch);
    failure_.reset();
    writer_.clear();
    checkpoint_.reset();
    if (followsJournal_)
        reading_ = 0;
    config_.setBaseline(QDir(path).dirName(), configFile(path), config);
    state_ = RunActivity::Idle;
    Q_EMIT historyReplaced();
    Q_EMIT stateChanged();
    Q_EMIT pendingChanged();
    Q_EMIT opened();
}

void RunModel::appendJournal(const RunPiece& piece) {
    if (piece.fromStart && !piece.events.empty()) {
        history_ = RunHistory(history_.stepsPerEpoch());
        Q_EMIT historyReplaced();
    }
    const RunState before = history_.state();
    for (const TimedEvent& event : piece.events)
        history_.add(event);
    if (!piece.events.empty())
        Q_EMIT historyChanged();
    if (!piece.last) {
        if (reading_ && piece.size > 0) {
            reading_ = static_cast<double>(piece.end) / static_cast<double>(piece.size);
            Q_EMIT stateChanged();
        }
        return;
    }
    const QString writer = QString::fromStdString(piece.writer);
    const bool writerLeft = !writer_.isEmpty() && writer.isEmpty();
    const bool changed =
        reading_ || writer != writer_ || piece.checkpoint != checkpoint_ || history_.state() != before;
    reading_.reset();
    writer_ = writer;
    checkpoint_ = piece.checkpoint;
    if (writerLeft)
        reloadRunConfig();
    if (catchingUp_)
        startResumed();
    else if (changed) {
        Q_EMIT stateChanged();
        Q_EMIT pendingChanged();
    }
}

void RunModel::startNew(const QString& folder) {
    history_ = RunHistory(config_.config().training.stepsPerEpoch);
    writer_.clear();
    checkpoint_.reset();
    reading_.reset();
    Q_EMIT historyReplaced();
    start(folder.isEmpty() ? QString::fromStdString(newRunFolder(runsFolder().toStdString(),
                                                                 config_.baselineFile().toStdString()))
                           : folder,
          false);
}

void RunModel::resumeRun() {
    if (!followsJournal_)
        return start(folder_, true);
    catchingUp_ = true;
    failure_.reset();
    setState(RunActivity::Starting);
    Q_EMIT journalNeeded();
}

void RunModel::startResumed() {
    catchingUp_ = false;
    if (!writer_.isEmpty()) {
        setState(RunActivity::Idle);
        Q_EMIT refused(tr("Another program is training this run: %1. Stop it there first.").arg(writer_));
        return;
    }
    reloadRunConfig();
    start(folder_, true);
}

/// Another program may have changed the run's configuration. Rebases the changes of the window on it.
void RunModel::reloadRunConfig() {
    try {
        const RunConfig current = loadConfig(configFile(folder_).toStdString());
        if (!runConfig_ || current == *runConfig_)
            return;
        RunConfig rebased = current;
        for (const OptionDifference& change : differences(*runConfig_, config_.config()))
            change.option->set(rebased, change.option->get(config_.config()));
        runConfig_ = current;
        config_.setBaseline(QDir(folder_).dirName(), configFile(folder_), current);
        config_.replaceConfig(rebased, tr("Previous changes"));
    } catch (const Error& error) {
        Q_EMIT refused(QString::fromStdString(error.message()));
    }
}

void RunModel::start(const QString& folder, bool resume) {
    failure_.reset();
    started_ = false;
    resumed_ = resume;
    folder_ = folder;
    runConfig_ = config_.config();
    try {
        bridge_.start({.config = *runConfig_,
                       .runFolder = folder.toStdString(),
                       .device = device_,
                       .resume = resume,
                       .startedBy = "window",
                       .startRanks = ranks_});
    } catch (const Error& error) {
        setState(RunActivity::Idle);
        Q_EMIT refused(QString::fromUtf8(error.what()));
        return;
    }
    state_ = RunActivity::Starting;
    Q_EMIT stateChanged(); // even if state() was Starting before, trainsHere() has changed
    Q_EMIT pendingChanged();
}

void RunModel::pause() {
    if (!bridge_.running())
        return;
    bridge_.pause();
    setState(RunActivity::Paused);
}

void RunModel::resume() {
    bridge_.resume();
    setState(RunActivity::Training);
}

void RunModel::stop() {
    if (std::exchange(catchingUp_, false))
        setState(RunActivity::Idle);
    if (!bridge_.running())
        return;
    bridge_.requestStop();
    setState(RunActivity::Stopping);
}

void RunModel::stopAndWait() {
    if (!running())
        return;
    setState(RunActivity::Stopping);
    bridge_.stopAndWait();
}

void RunModel::saveNow() {
    bridge_.saveNow();
}

void RunModel::receive(const std::vector<TimedEvent>& events) {
    for (const TimedEvent& timed : events) {
        updateState(timed.event);
        // A failed attempt to start is not part of the existing run's history.
        if (started_ || !std::holds_alternative<Failed>(timed.event))
            history_.add(timed);
    }
    Q_EMIT historyChanged();
}

void RunModel::updateState(const TrainingEvent& event) {
    started_ = started_ || std::holds_alternative<Started>(event);
    const bool trains = std::holds_alternative<StepDone>(event) || std::holds_alternative<Started>(event);
    if (trains && state_ == RunActivity::Starting)
        setState(RunActivity::Training);
    if (const auto* failed = std::get_if<Failed>(&event))
        failure_ = *failed;
}

void RunModel::finish() {
    if (!holdsRun(folder_)) // it failed before it wrote its configuration
        runConfig_.reset();
    setState(resumed_ && !started_ ? RunActivity::Idle : RunActivity::Ended);
    Q_EMIT ended();
}

void RunModel::setState(RunActivity state) {
    if (state_ == state)
        return;
    state_ = state;
    Q_EMIT stateChanged();
    Q_EMIT pendingChanged();
}

void RunModel::applyLiveChanges() {
    if (!bridge_.running() || !runConfig_)
        return;
    QStringList problems;
    for (const OptionDifference& change : differences(*runConfig_, config_.config())) {
        if (change.option->takesEffect != TakesEffect::NextStep)
            continue;
        try {
            bridge_.setOption(change.option->key, change.after);
            change.option->set(*runConfig_, parseOptionValue(*change.option, change.after));
        } catch (const Error& error) {
            problems << QString::fromUtf8(error.what());
        }
    }
    if (!problems.isEmpty())
        Q_EMIT refused(problems.join(QLatin1Char('\n')));
    Q_EMIT pendingChanged();
}

std::vector<OptionDifference> RunModel::pending() const {
    if (!runConfig_)
        return {};
    auto changes = differences(*runConfig_, config_.config());
    std::erase_if(changes, [](const OptionDifference& change) {
        return change.option->takesEffect == TakesEffect::NextStep;
    });
    return changes;
}

bool RunModel::canResume() const {
    if (!runConfig_ || running() || !writer_.isEmpty() || !holdsRun(folder_))
        return false;
    const auto changes = pending();
    if (std::ranges::any_of(changes, &OptionDifference::needsNewRun))
        return false;
    return !history_.finished() || !changes.empty();
}

} // namespace headroom::ui
