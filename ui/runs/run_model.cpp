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
    connect(&bridge_, &TrainingBridge::ended, this, &RunModel::finish);
}

RunModel::~RunModel() = default;

QString RunModel::runsFolder() const {
    static const std::string unnamed = RunConfig{}.training.outputDir;
    const std::string& named = config_.config().training.outputDir;
    return named == unnamed ? preferences::runsFolder()
                            : QDir(preferences::dataFolder()).absoluteFilePath(QString::fromStdString(named));
}

const RunConfig& RunModel::setting() const {
    return config_.config();
}

bool RunModel::keepsSetting() const {
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
    if (followed_)
        reading_ = 0;
    config_.setBaseline(QDir(path).dirName(), configFile(path), config);
    state_ = RunPhase::Idle;
    Q_EMIT historyReplaced();
    Q_EMIT stateChanged();
    Q_EMIT pendingChanged();
    Q_EMIT opened();
}

void RunModel::take(const RunPiece& piece) {
    if (piece.fromStart && !piece.events.empty()) {
        history_ = RunHistory(history_.stepsPerEpoch());
        Q_EMIT historyReplaced();
    }
    const RunStanding before = history_.standing();
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
    const bool left = !writer_.isEmpty() && writer.isEmpty();
    const bool changed =
        reading_ || writer != writer_ || piece.checkpoint != checkpoint_ || history_.standing() != before;
    reading_.reset();
    writer_ = writer;
    checkpoint_ = piece.checkpoint;
    if (left)
        takeFolderConfig();
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
    if (!followed_)
        return start(folder_, true);
    catchingUp_ = true;
    failure_.reset();
    setState(RunPhase::Starting);
    Q_EMIT journalWanted();
}

void RunModel::startResumed() {
    catchingUp_ = false;
    if (!writer_.isEmpty()) {
        setState(RunPhase::Idle);
        Q_EMIT refused(tr("Another program is training this run: %1. Stop it there first.").arg(writer_));
        return;
    }
    takeFolderConfig();
    start(folder_, true);
}

/// Another program may have changed the run's setting: what was not changed here as well becomes that.
void RunModel::takeFolderConfig() {
    try {
        const RunConfig now = loadConfig(configFile(folder_).toStdString());
        if (!runConfig_ || now == *runConfig_)
            return;
        RunConfig setting = now;
        for (const OptionDifference& mine : differences(*runConfig_, config_.config()))
            mine.option->set(setting, mine.option->get(config_.config()));
        runConfig_ = now;
        config_.setBaseline(QDir(folder_).dirName(), configFile(folder_), now);
        config_.adopt(setting, tr("Changes before"));
    } catch (const Error& error) {
        Q_EMIT refused(QString::fromStdString(error.message()));
    }
}

void RunModel::start(const QString& folder, bool resume) {
    failure_.reset();
    begun_ = false;
    resumes_ = resume;
    folder_ = folder;
    runConfig_ = config_.config();
    try {
        bridge_.start({.config = *runConfig_,
                       .runFolder = folder.toStdString(),
                       .resume = resume,
                       .startedBy = "window"});
    } catch (const Error& error) {
        setState(RunPhase::Idle);
        Q_EMIT refused(QString::fromUtf8(error.what()));
        return;
    }
    state_ = RunPhase::Starting;
    Q_EMIT stateChanged(); // from here on it trains here, also where it was starting before
    Q_EMIT pendingChanged();
}

void RunModel::pause() {
    if (!bridge_.running())
        return;
    bridge_.pause();
    setState(RunPhase::Paused);
}

void RunModel::resume() {
    bridge_.resume();
    setState(RunPhase::Training);
}

void RunModel::stop() {
    if (std::exchange(catchingUp_, false))
        setState(RunPhase::Idle);
    if (!bridge_.running())
        return;
    bridge_.requestStop();
    setState(RunPhase::Stopping);
}

void RunModel::stopAndWait() {
    if (!running())
        return;
    setState(RunPhase::Stopping);
    bridge_.stopAndWait();
}

void RunModel::saveNow() {
    bridge_.saveNow();
}

void RunModel::receive(const std::vector<TimedEvent>& events) {
    for (const TimedEvent& timed : events) {
        follow(timed.event);
        // What could not begin says nothing of the run that is there.
        if (begun_ || !std::holds_alternative<Failed>(timed.event))
            history_.add(timed);
    }
    Q_EMIT historyChanged();
}

void RunModel::follow(const TrainingEvent& event) {
    begun_ = begun_ || std::holds_alternative<Started>(event);
    const bool steps = std::holds_alternative<StepDone>(event) || std::holds_alternative<Started>(event);
    if (steps && state_ == RunPhase::Starting)
        setState(RunPhase::Training);
    if (const auto* failed = std::get_if<Failed>(&event))
        failure_ = *failed;
}

void RunModel::finish() {
    if (!holdsRun(folder_)) // it failed before there was anything to keep
        runConfig_.reset();
    setState(resumes_ && !begun_ ? RunPhase::Idle : RunPhase::Ended);
    Q_EMIT ended();
}

void RunModel::setState(RunPhase state) {
    if (state_ == state)
        return;
    state_ = state;
    Q_EMIT stateChanged();
    Q_EMIT pendingChanged();
}

void RunModel::handOver() {
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
