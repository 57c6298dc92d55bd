#include "ui/models/run_model.h"

#include "core/config/config_file.h"
#include "core/config/knob_value.h"
#include "core/support/error.h"
#include "ui/models/config_model.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <utility>
#include <variant>

namespace headroom::ui {
namespace {

/// A folder that does not exist yet, named after the time.
QString newFolder(const RunConfig& config) {
    const QDir runs(QString::fromStdString(config.training.outputDir));
    const QString name = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-hhmm"));
    QString free = name;
    for (int i = 2; runs.exists(free); ++i)
        free = QStringLiteral("%1-%2").arg(name).arg(i);
    return runs.absoluteFilePath(free);
}

bool isDone(const RunHistory& history) {
    return history.ended() && history.started() && history.step() >= history.started()->totalSteps;
}

} // namespace

RunModel::RunModel(std::unique_ptr<TrainingSession> session, ConfigModel& config)
    : config_(config), bridge_(std::move(session)) {
    constexpr int settledMs = 400;
    settled_.setSingleShot(true);
    settled_.setInterval(settledMs);
    connect(&settled_, &QTimer::timeout, this, &RunModel::handOver);
    connect(&config_, &ConfigModel::changed, this, [this] {
        if (running())
            settled_.start();
        Q_EMIT pendingChanged();
    });
    connect(&bridge_, &TrainingBridge::received, this, &RunModel::receive);
    connect(&bridge_, &TrainingBridge::ended, this, [this] {
        if (!holdsRun(folder_)) // it failed before there was anything to keep
            runConfig_.reset();
        setState(RunState::Ended);
        Q_EMIT ended();
    });
}

RunModel::~RunModel() = default;

bool RunModel::holdsRun(const QString& folder) {
    return QFile::exists(QDir(folder).filePath(QStringLiteral("config.yaml")));
}

const RunConfig& RunModel::setting() const {
    return config_.config();
}

void RunModel::open(const QString& folder) {
    const RunConfig config = loadConfig(QDir(folder).filePath(QStringLiteral("config.yaml")).toStdString());
    folder_ = QDir(folder).absolutePath();
    runConfig_ = config;
    history_ = RunHistory(config.training.stepsPerEpoch);
    failure_.reset();
    config_.setBaseline(QDir(folder).dirName(), QDir(folder).filePath(QStringLiteral("config.yaml")), config);
    setState(RunState::Idle);
    Q_EMIT historyReplaced();
}

void RunModel::addHistory(const std::vector<TimedEvent>& events) {
    for (const TimedEvent& event : events)
        history_.add(event);
    Q_EMIT historyChanged();
}

void RunModel::startNew(const QString& folder) {
    history_ = RunHistory(config_.config().training.stepsPerEpoch);
    Q_EMIT historyReplaced();
    start(folder.isEmpty() ? newFolder(config_.config()) : folder, false);
}

void RunModel::carryOn() {
    start(folder_, true);
}

void RunModel::start(const QString& folder, bool resume) {
    failure_.reset();
    folder_ = folder;
    runConfig_ = config_.config();
    try {
        bridge_.start({.config = *runConfig_,
                       .runFolder = folder.toStdString(),
                       .resume = resume,
                       .startedBy = "window"});
    } catch (const Error& error) {
        Q_EMIT refused(QString::fromUtf8(error.what()));
        return;
    }
    setState(RunState::Starting);
    Q_EMIT pendingChanged();
}

void RunModel::pause() {
    bridge_.pause();
    setState(RunState::Paused);
}

void RunModel::resume() {
    bridge_.resume();
    setState(RunState::Training);
}

void RunModel::stop() {
    bridge_.requestStop();
    setState(RunState::Stopping);
}

void RunModel::stopAndWait() {
    if (!running())
        return;
    setState(RunState::Stopping);
    bridge_.stopAndWait();
}

void RunModel::saveNow() {
    bridge_.saveNow();
}

void RunModel::receive(const std::vector<TimedEvent>& events) {
    for (const TimedEvent& timed : events) {
        history_.add(timed);
        follow(timed.event);
    }
    Q_EMIT historyChanged();
}

void RunModel::follow(const TrainingEvent& event) {
    const bool steps = std::holds_alternative<StepDone>(event) || std::holds_alternative<Started>(event);
    if (steps && state_ == RunState::Starting)
        setState(RunState::Training);
    if (const auto* failed = std::get_if<Failed>(&event))
        failure_ = *failed;
}

void RunModel::setState(RunState state) {
    if (state_ == state)
        return;
    state_ = state;
    Q_EMIT stateChanged();
    Q_EMIT pendingChanged();
}

void RunModel::handOver() {
    if (!running() || !runConfig_)
        return;
    QStringList problems;
    for (const KnobDifference& change : differences(*runConfig_, config_.config())) {
        if (change.knob->takesEffect != TakesEffect::NextStep)
            continue;
        try {
            bridge_.setKnob(change.knob->key, change.after);
            change.knob->set(*runConfig_, parseKnobValue(*change.knob, change.after));
        } catch (const Error& error) {
            problems << QString::fromUtf8(error.what());
        }
    }
    if (!problems.isEmpty())
        Q_EMIT refused(problems.join(QLatin1Char('\n')));
    Q_EMIT pendingChanged();
}

std::vector<KnobDifference> RunModel::pending() const {
    if (!runConfig_)
        return {};
    auto changes = differences(*runConfig_, config_.config());
    std::erase_if(changes, [](const KnobDifference& change) {
        return change.knob->takesEffect == TakesEffect::NextStep;
    });
    return changes;
}

bool RunModel::canCarryOn() const {
    if (!runConfig_ || running() || !holdsRun(folder_))
        return false;
    const auto changes = pending();
    if (std::ranges::any_of(changes, &KnobDifference::needsNewRun))
        return false;
    return !isDone(history_) || !changes.empty();
}

QString runStateText(const RunModel& run) {
    const qlonglong step = run.history().step();
    switch (run.state()) {
    case RunState::Idle:
        return run.runConfig() ? RunModel::tr("Not running") : RunModel::tr("Ready");
    case RunState::Starting:
        return RunModel::tr("Starting");
    case RunState::Training:
        return RunModel::tr("Training");
    case RunState::Paused:
        return RunModel::tr("Paused");
    case RunState::Stopping:
        return RunModel::tr("Stopping and saving");
    case RunState::Ended:
        break;
    }
    if (run.failure())
        return RunModel::tr("Failed at step %1").arg(step);
    return isDone(run.history()) ? RunModel::tr("Finished") : RunModel::tr("Stopped at step %1").arg(step);
}

} // namespace headroom::ui
