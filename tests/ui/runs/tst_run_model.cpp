// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/session/training_thread.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/preferences.h"
#include "ui/runs/run_actions.h"
#include "ui/runs/run_model.h"
#include "ui/runs/run_text.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// A scripted loop that also writes the run's configuration, as a real one does.
class FolderLoop final : public TrainingLoop {
public:
    explicit FolderLoop(std::vector<TrainingEvent> script, std::chrono::nanoseconds pace)
        : script_(std::move(script), pace) {}
    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override {
        QDir().mkpath(QString::fromStdString(request.runFolder));
        QFile file(QString::fromStdString(request.runFolder + "/config.yaml"));
        if (file.open(QIODevice::WriteOnly))
            file.write(dumpConfig(request.config).c_str());
        file.close();
        return script_.run(request, control, [&](TrainingEvent event) {
            if (auto* started = std::get_if<Started>(&event))
                started->startedBy = request.startedBy;
            sink(event);
        });
    }

private:
    test::ScriptedLoop script_;
};

std::vector<TrainingEvent> steps(int count) {
    std::vector<TrainingEvent> script = {Started{.totalSteps = count}};
    for (int i = 1; i <= count; ++i)
        script.emplace_back(StepDone{.step = i});
    return script;
}

class Bench {
public:
    explicit Bench(std::vector<TrainingEvent> script,
                   std::chrono::nanoseconds pace = std::chrono::milliseconds(1))
        : run(std::make_unique<TrainingThread>(std::make_unique<FolderLoop>(std::move(script), pace)),
              config),
          actions(run) {
        set("training.output_dir", runs.path().toStdString());
    }
    void set(const std::string& key, const OptionValue& value) { config.set(*findOption(key), value); }

    /// Creates the folder of a run and returns its path.
    QString writeRun(const RunConfig& runConfig = {}) {
        const QString folder = runs.filePath(QStringLiteral("run"));
        QDir().mkpath(folder);
        QFile file(folder + QStringLiteral("/config.yaml"));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(dumpConfig(runConfig).c_str());
        return folder;
    }

    QTemporaryDir runs;
    ConfigModel config;
    RunModel run;
    RunActions actions;
};

} // namespace

class TestRunModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordsThatTheWindowStartedTheRun() {
        Bench bench(steps(3));
        bench.run.startNew();
        QTRY_COMPARE(bench.run.state(), RunActivity::Ended);
        QCOMPARE(bench.run.history().started()->startedBy, std::optional<std::string>("window"));
    }

    void startsPausesResumesAndStops() {
        Bench bench(steps(100000));
        QCOMPARE(bench.actions.start.text(), QStringLiteral("Start"));
        QVERIFY(!bench.actions.stop.isEnabled());
        bench.actions.start.trigger();
        QVERIFY(!bench.actions.start.isEnabled());
        QTRY_COMPARE(bench.run.state(), RunActivity::Training);
        QTRY_VERIFY(bench.run.history().step() > 3);

        bench.actions.pause.trigger();
        QCOMPARE(bench.actions.pause.text(), QStringLiteral("Resume"));
        QTRY_COMPARE(bench.run.history().marks().size(), std::size_t(1));
        const auto paused = bench.run.history().step();
        bench.actions.pause.trigger();
        QTRY_VERIFY(bench.run.history().step() > paused);

        bench.actions.stop.trigger();
        QVERIFY(!bench.actions.pause.isEnabled());
        QTRY_COMPARE(bench.run.state(), RunActivity::Ended);
        QVERIFY(runStateText(bench.run).startsWith(QStringLiteral("Stopped at step")));
    }

    void resumesAStoppedRunInItsFolder() {
        Bench bench(steps(100000));
        bench.actions.start.trigger();
        QTRY_VERIFY(bench.run.history().step() > 3);
        const QString folder = bench.run.folder();
        bench.actions.stop.trigger();
        QTRY_VERIFY(!bench.run.running());
        QCOMPARE(bench.actions.start.text(), QStringLiteral("Resume"));
        QVERIFY(bench.actions.startNew.isVisible());
        bench.actions.start.trigger();
        QVERIFY(bench.run.running());
        QCOMPARE(bench.run.folder(), folder);
    }

    /// Changes that need a new run stay pending.
    void appliesChangesToTheRunOrKeepsThemPending() {
        Bench bench(steps(100000));
        bench.actions.start.trigger();
        QTRY_COMPARE(bench.run.state(), RunActivity::Training);
        const QString folder = bench.run.folder();
        for (const double rate : {1e-4, 2e-4, 3e-4}) // a drag is one change
            bench.set("training.learning_rate", rate);
        bench.set("model.num_layers", std::int64_t{4});
        QTRY_COMPARE(bench.run.history().marks().size(), std::size_t(1));
        const auto& changed = std::get<OptionChanged>(bench.run.history().marks()[0].event);
        QCOMPARE(changed.key, std::string("training.learning_rate"));
        QCOMPARE(changed.before, std::string("0.0005"));
        QCOMPARE(changed.after, std::string("0.0003"));
        QCOMPARE(bench.run.pending().size(), std::size_t(1));
        QCOMPARE(bench.run.pending()[0].text(), std::string("model.num_layers: 6 -> 4"));

        bench.actions.stop.trigger();
        QTRY_VERIFY(!bench.run.running());
        QCOMPARE(bench.actions.start.text(), QStringLiteral("New run with 1 change"));
        bench.actions.start.trigger();
        QVERIFY(bench.run.folder() != folder);
        QVERIFY(bench.run.pending().empty());
    }

    void aRunThatFailsWithoutAFolderCannotBeResumed() {
        ConfigModel config;
        RunModel run(std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(
                         std::vector<TrainingEvent>{Failed{0, "input", "no songs", "Open a folder."}})),
                     config);
        run.startNew(QStringLiteral("/nowhere/run"));
        QTRY_COMPARE(run.state(), RunActivity::Ended);
        QCOMPARE(run.failure()->remedy, std::string("Open a folder."));
        QVERIFY(!run.canResume());
        QVERIFY(run.pending().empty());
    }

    void resumesAFinishedRunOnlyForMoreEpochs() {
        Bench bench(steps(5));
        bench.actions.start.trigger();
        QTRY_VERIFY(!bench.run.running());
        QCOMPARE(runStateText(bench.run), QStringLiteral("Finished"));
        QVERIFY(!bench.run.canResume());
        bench.set("training.num_epochs", std::int64_t{200});
        QVERIFY(bench.run.canResume());
    }

    void opensARunOfAnotherProgram() {
        QTemporaryDir runs;
        RunConfig config;
        config.model.numLayers = 3;
        config.training.stepsPerEpoch = 50;
        QFile file(runs.filePath(QStringLiteral("config.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(dumpConfig(config).c_str());
        file.close();

        Bench bench(steps(100000));
        bench.run.open(runs.path());
        bench.run.appendJournal(
            {.events = {{EventTime(std::chrono::milliseconds(0)), Started{.totalSteps = 100}},
                        {EventTime(std::chrono::milliseconds(9)), StepDone{.step = 25}}},
             .fromStart = true,
             .last = true});
        QCOMPARE(bench.config.config().model.numLayers, 3);
        QCOMPARE(bench.run.history().epochAt(25), 0.5);
        QCOMPARE(bench.actions.start.text(), QStringLiteral("Resume"));
        QVERIFY_THROWS_EXCEPTION(std::exception, bench.run.open(QStringLiteral("/nowhere")));
    }

    void relativeRunsFoldersAreInTheDataFolder() {
        Bench bench(steps(3));
        bench.set("training.output_dir", RunConfig{}.training.outputDir);
        QCOMPARE(bench.run.runsFolder(), preferences::runsFolder());
        QVERIFY(preferences::runsFolder().startsWith(preferences::dataFolder()));
        bench.set("training.output_dir", std::string("mine"));
        QCOMPARE(bench.run.runsFolder(), preferences::dataFolder() + QStringLiteral("/mine"));
        preferences::setRunsFolder(bench.runs.path());
        bench.set("training.output_dir", RunConfig{}.training.outputDir);
        bench.run.startNew();
        QVERIFY(bench.run.folder().startsWith(bench.runs.path()));
        preferences::setRunsFolder({});
        QTRY_VERIFY(!bench.run.running());
    }

    void showsWhereAnInterruptedRunWouldResume() {
        Bench bench(steps(100000));
        const QString folder = bench.writeRun();
        bench.run.setFollowsJournal(true);
        bench.run.open(folder);
        QVERIFY(bench.run.reading());
        QVERIFY(runNoticeText(bench.run).startsWith(QStringLiteral("Reading the journal")));
        RunPiece piece{
            .events = {{EventTime{}, Started{.totalSteps = 100}}, {EventTime{}, StepDone{.step = 27}}},
            .end = 50,
            .size = 100,
            .fromStart = true};
        bench.run.appendJournal(piece);
        QVERIFY(runStateText(bench.run).contains(QStringLiteral("50 %")));
        bench.run.appendJournal({.end = 100, .last = true});
        QCOMPARE(runStateText(bench.run), QStringLiteral("Interrupted at step 27"));
        QCOMPARE(
            runNoticeText(bench.run),
            QStringLiteral("This run was interrupted at step 27. Last checkpoint: none; resuming starts at "
                           "step 0."));
        bench.run.appendJournal({.end = 100, .last = true, .checkpoint = 20});
        QVERIFY(runNoticeText(bench.run).endsWith(QStringLiteral("step 20; resuming starts there.")));
        bench.run.appendJournal({.events = {{EventTime{}, Stopped{}}}, .last = true, .checkpoint = 27});
        QCOMPARE(runStateText(bench.run), QStringLiteral("Stopped at step 27"));
        QVERIFY(runNoticeText(bench.run).isEmpty());
    }

    void followsButDoesNotResumeARunOfAnotherProgram() {
        Bench bench(steps(100000));
        bench.run.setFollowsJournal(true);
        bench.run.open(bench.writeRun());
        const std::string writer = "process 14328 on workshop";
        bench.run.appendJournal({.events = {{EventTime{}, Started{.totalSteps = 100}}},
                                 .fromStart = true,
                                 .last = true,
                                 .writer = writer});
        QCOMPARE(runStateText(bench.run), QStringLiteral("Watching process 14328 on workshop"));
        QVERIFY(!bench.run.canResume());
        bench.run.appendJournal(
            {.events = {{EventTime{}, StepDone{.step = 8}}}, .last = true, .writer = writer});
        QCOMPARE(bench.run.history().step(), 8);
        bench.run.appendJournal({.last = true});
        QVERIFY(bench.run.canResume());
    }

    /// Both the journal and the configuration.
    void resumingFirstReadsChangesOfOtherPrograms() {
        Bench bench(steps(100000));
        bench.run.setFollowsJournal(true);
        const QString folder = bench.writeRun();
        bench.run.open(folder);
        bench.run.appendJournal(
            {.events = {{EventTime{}, Started{.totalSteps = 100}}, {EventTime{}, StepDone{.step = 8}}},
             .fromStart = true,
             .last = true});
        bench.set("training.save_every_n_minutes", 7.0); // change in the window
        RunConfig theirs = *bench.run.runConfig();
        theirs.training.learningRate = 1e-4;
        bench.writeRun(theirs);

        const QSignalSpy needed(&bench.run, &RunModel::journalNeeded);
        bench.actions.start.trigger();
        QCOMPARE(needed.count(), 1);
        QVERIFY(bench.run.running());
        QVERIFY(!bench.run.trainsHere());
        bench.run.appendJournal({.events = {{EventTime{}, StepDone{.step = 34}}}, .last = true});
        QVERIFY(bench.run.trainsHere());
        QCOMPARE(bench.run.history().steps().buckets(), std::size_t(2));
        QCOMPARE(bench.run.runConfig()->training.learningRate, 1e-4);
        QCOMPARE(bench.run.runConfig()->training.saveEveryNMinutes, 7.0);
    }

    /// The attempt to resume failed, not the run.
    void aFailedLockDoesNotChangeTheRun() {
        ConfigModel config;
        RunModel run(
            std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(std::vector<TrainingEvent>{
                Failed{0, "failure", "this run is being written by process 1", "Stop it there."}})),
            config);
        Bench writer(steps(1));
        run.open(writer.writeRun());
        run.appendJournal(
            {.events = {{EventTime{}, Started{.totalSteps = 100}}, {EventTime{}, StepDone{.step = 8}}},
             .fromStart = true,
             .last = true});
        run.resumeRun();
        QTRY_VERIFY(!run.running());
        QVERIFY(run.failure());
        QVERIFY(run.history().marks().empty());
        QCOMPARE(runStateText(run), QStringLiteral("Interrupted at step 8"));
        QVERIFY(run.canResume());

        // If another program is known to train the run, there is no attempt.
        run.setFollowsJournal(true);
        QSignalSpy refused(&run, &RunModel::refused);
        run.resumeRun();
        run.appendJournal({.last = true, .writer = "process 1 on workshop"});
        QCOMPARE(refused.count(), 1);
        QVERIFY(!run.running());
        QVERIFY(runStateText(run).startsWith(QStringLiteral("Watching")));
    }
};

HEADROOM_UI_TEST_MAIN(TestRunModel)
#include "tst_run_model.moc"
