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

/// A run that goes on until it is stopped or has done its steps, and whose folder has what a real one has.
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
    ScriptedLoop script_;
};

std::vector<TrainingEvent> steps(int count) {
    std::vector<TrainingEvent> script = {Started{.totalSteps = count}};
    for (int i = 1; i <= count; ++i)
        script.emplace_back(StepDone{.step = i});
    return script;
}

class Studio {
public:
    explicit Studio(std::vector<TrainingEvent> script,
                    std::chrono::nanoseconds pace = std::chrono::milliseconds(1))
        : run(std::make_unique<TrainingThread>(std::make_unique<FolderLoop>(std::move(script), pace)),
              config),
          actions(run) {
        set("training.output_dir", runs.path().toStdString());
    }
    void set(const std::string& key, const OptionValue& value) { config.set(*findOption(key), value); }

    /// The folder of a run that is there.
    QString writeRun(const RunConfig& setting = {}) {
        const QString folder = runs.filePath(QStringLiteral("there"));
        QDir().mkpath(folder);
        QFile file(folder + QStringLiteral("/config.yaml"));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(dumpConfig(setting).c_str());
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
    void aRunKnowsThatItWasBegunInTheWindow() {
        Studio studio(steps(3));
        studio.run.startNew();
        QTRY_COMPARE(studio.run.state(), RunPhase::Ended);
        QCOMPARE(studio.run.history().started()->startedBy, std::optional<std::string>("window"));
    }

    void beginsPausesResumesAndStops() {
        Studio studio(steps(100000));
        QCOMPARE(studio.actions.start.text(), QStringLiteral("Start"));
        QVERIFY(!studio.actions.stop.isEnabled());
        studio.actions.start.trigger();
        QVERIFY(!studio.actions.start.isEnabled());
        QTRY_COMPARE(studio.run.state(), RunPhase::Training);
        QTRY_VERIFY(studio.run.history().step() > 3);

        studio.actions.pause.trigger();
        QCOMPARE(studio.actions.pause.text(), QStringLiteral("Resume"));
        QTRY_COMPARE(studio.run.history().marks().size(), std::size_t(1));
        const auto paused = studio.run.history().step();
        studio.actions.pause.trigger();
        QTRY_VERIFY(studio.run.history().step() > paused);

        studio.actions.stop.trigger();
        QVERIFY(!studio.actions.pause.isEnabled());
        QTRY_COMPARE(studio.run.state(), RunPhase::Ended);
        QVERIFY(runStateText(studio.run).startsWith(QStringLiteral("Stopped at step")));
    }

    void aStoppedRunIsResumedInItsFolder() {
        Studio studio(steps(100000));
        studio.actions.start.trigger();
        QTRY_VERIFY(studio.run.history().step() > 3);
        const QString folder = studio.run.folder();
        studio.actions.stop.trigger();
        QTRY_VERIFY(!studio.run.running());
        QCOMPARE(studio.actions.start.text(), QStringLiteral("Resume"));
        QVERIFY(studio.actions.startNew.isVisible());
        studio.actions.start.trigger();
        QVERIFY(studio.run.running());
        QCOMPARE(studio.run.folder(), folder);
    }

    /// What the run can take goes to it at once; what it cannot waits, and is offered as a new run.
    void handsChangesToTheRunOrKeepsThemPending() {
        Studio studio(steps(100000));
        studio.actions.start.trigger();
        QTRY_COMPARE(studio.run.state(), RunPhase::Training);
        const QString folder = studio.run.folder();
        for (const double rate : {1e-4, 2e-4, 3e-4}) // a drag is one change
            studio.set("training.learning_rate", rate);
        studio.set("model.num_layers", std::int64_t{4});
        QTRY_COMPARE(studio.run.history().marks().size(), std::size_t(1));
        const auto& changed = std::get<OptionChanged>(studio.run.history().marks()[0].event);
        QCOMPARE(changed.key, std::string("training.learning_rate"));
        QCOMPARE(changed.before, std::string("0.0005"));
        QCOMPARE(changed.after, std::string("0.0003"));
        QCOMPARE(studio.run.pending().size(), std::size_t(1));
        QCOMPARE(studio.run.pending()[0].text(), std::string("model.num_layers: 6 -> 4"));

        studio.actions.stop.trigger();
        QTRY_VERIFY(!studio.run.running());
        QCOMPARE(studio.actions.start.text(), QStringLiteral("New run with 1 change"));
        studio.actions.start.trigger();
        QVERIFY(studio.run.folder() != folder);
        QVERIFY(studio.run.pending().empty());
    }

    void aRunThatFailsSaysWhyAndCannotBeResumedWithoutAFolder() {
        ConfigModel config;
        RunModel run(std::make_unique<TrainingThread>(std::make_unique<ScriptedLoop>(
                         std::vector<TrainingEvent>{Failed{0, "input", "no songs", "Open a folder."}})),
                     config);
        run.startNew(QStringLiteral("/nowhere/run"));
        QTRY_COMPARE(run.state(), RunPhase::Ended);
        QCOMPARE(run.failure()->remedy, std::string("Open a folder."));
        QVERIFY(!run.canResume());
        QVERIFY(run.pending().empty());
    }

    void aRunThatIsDoneIsNotResumedUnlessThereIsMoreToDo() {
        Studio studio(steps(5));
        studio.actions.start.trigger();
        QTRY_VERIFY(!studio.run.running());
        QCOMPARE(runStateText(studio.run), QStringLiteral("Finished"));
        QVERIFY(!studio.run.canResume());
        studio.set("training.num_epochs", std::int64_t{200});
        QVERIFY(studio.run.canResume());
    }

    void takesUpARunThatAnotherProgramBegan() {
        QTemporaryDir runs;
        RunConfig config;
        config.model.numLayers = 3;
        config.training.stepsPerEpoch = 50;
        QFile file(runs.filePath(QStringLiteral("config.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(dumpConfig(config).c_str());
        file.close();

        Studio studio(steps(100000));
        studio.run.open(runs.path());
        studio.run.take({.events = {{EventTime(std::chrono::milliseconds(0)), Started{.totalSteps = 100}},
                                    {EventTime(std::chrono::milliseconds(9)), StepDone{.step = 25}}},
                         .fromStart = true,
                         .last = true});
        QCOMPARE(studio.config.config().model.numLayers, 3);
        QCOMPARE(studio.run.history().epochAt(25), 0.5);
        QCOMPARE(studio.actions.start.text(), QStringLiteral("Resume"));
        QVERIFY_EXCEPTION_THROWN(studio.run.open(QStringLiteral("/nowhere")), std::exception);
    }

    void aRelativeFolderForRunsIsNotTheCurrentOne() {
        Studio studio(steps(3));
        studio.set("training.output_dir", RunConfig{}.training.outputDir);
        QCOMPARE(studio.run.runsFolder(), preferences::runsFolder());
        QVERIFY(preferences::runsFolder().startsWith(preferences::dataFolder()));
        studio.set("training.output_dir", std::string("mine"));
        QCOMPARE(studio.run.runsFolder(), preferences::dataFolder() + QStringLiteral("/mine"));
        preferences::setRunsFolder(studio.runs.path());
        studio.set("training.output_dir", RunConfig{}.training.outputDir);
        studio.run.startNew();
        QVERIFY(studio.run.folder().startsWith(studio.runs.path()));
        preferences::setRunsFolder({});
        QTRY_VERIFY(!studio.run.running());
    }

    /// Killed, and then looked at before anything is pressed.
    void anInterruptedRunSaysWhereItWouldResume() {
        Studio studio(steps(100000));
        const QString folder = studio.writeRun();
        studio.run.setFollowed(true);
        studio.run.open(folder);
        QVERIFY(studio.run.reading());
        QVERIFY(runNoticeText(studio.run).startsWith(QStringLiteral("Reading the journal")));
        RunPiece piece{
            .events = {{EventTime{}, Started{.totalSteps = 100}}, {EventTime{}, StepDone{.step = 27}}},
            .end = 50,
            .size = 100,
            .fromStart = true};
        studio.run.take(piece);
        QVERIFY(runStateText(studio.run).contains(QStringLiteral("50 %")));
        studio.run.take({.end = 100, .last = true});
        QCOMPARE(runStateText(studio.run), QStringLiteral("Interrupted at step 27"));
        QCOMPARE(
            runNoticeText(studio.run),
            QStringLiteral("This run was interrupted at step 27. Last checkpoint: none; resuming starts at "
                           "step 0."));
        studio.run.take({.end = 100, .last = true, .checkpoint = 20});
        QVERIFY(runNoticeText(studio.run).endsWith(QStringLiteral("step 20; resuming starts there.")));
        studio.run.take({.events = {{EventTime{}, Stopped{}}}, .last = true, .checkpoint = 27});
        QCOMPARE(runStateText(studio.run), QStringLiteral("Stopped at step 27"));
        QVERIFY(runNoticeText(studio.run).isEmpty());
    }

    void aRunThatAnotherProgramTrainsIsWatchedAndNotResumed() {
        Studio studio(steps(100000));
        studio.run.setFollowed(true);
        studio.run.open(studio.writeRun());
        const std::string writer = "process 14328 on workshop";
        studio.run.take({.events = {{EventTime{}, Started{.totalSteps = 100}}},
                         .fromStart = true,
                         .last = true,
                         .writer = writer});
        QCOMPARE(runStateText(studio.run), QStringLiteral("Watching process 14328 on workshop"));
        QVERIFY(!studio.run.canResume());
        studio.run.take({.events = {{EventTime{}, StepDone{.step = 8}}}, .last = true, .writer = writer});
        QCOMPARE(studio.run.history().step(), 8);
        studio.run.take({.last = true});
        QVERIFY(studio.run.canResume());
    }

    /// What another program added to the journal and the setting since is read first.
    void resumingReadsWhatOthersDidToTheRun() {
        Studio studio(steps(100000));
        studio.run.setFollowed(true);
        const QString folder = studio.writeRun();
        studio.run.open(folder);
        studio.run.take(
            {.events = {{EventTime{}, Started{.totalSteps = 100}}, {EventTime{}, StepDone{.step = 8}}},
             .fromStart = true,
             .last = true});
        studio.set("training.save_every_n_minutes", 7.0); // ours
        RunConfig theirs = *studio.run.runConfig();
        theirs.training.learningRate = 1e-4;
        studio.writeRun(theirs);

        const QSignalSpy wanted(&studio.run, &RunModel::journalWanted);
        studio.actions.start.trigger();
        QCOMPARE(wanted.count(), 1);
        QVERIFY(studio.run.running());
        QVERIFY(!studio.run.trainsHere());
        studio.run.take({.events = {{EventTime{}, StepDone{.step = 34}}}, .last = true});
        QVERIFY(studio.run.trainsHere());
        QCOMPARE(studio.run.history().steps().buckets(), std::size_t(2));
        QCOMPARE(studio.run.runConfig()->training.learningRate, 1e-4);
        QCOMPARE(studio.run.runConfig()->training.saveEveryNMinutes, 7.0);
    }

    /// It is not the run that failed.
    void aRefusedLockLeavesTheRunAsItWas() {
        ConfigModel config;
        RunModel run(
            std::make_unique<TrainingThread>(std::make_unique<ScriptedLoop>(std::vector<TrainingEvent>{
                Failed{0, "failure", "this run is being written by process 1", "Stop it there."}})),
            config);
        Studio writer(steps(1));
        run.open(writer.writeRun());
        run.take({.events = {{EventTime{}, Started{.totalSteps = 100}}, {EventTime{}, StepDone{.step = 8}}},
                  .fromStart = true,
                  .last = true});
        run.resumeRun();
        QTRY_VERIFY(!run.running());
        QVERIFY(run.failure());
        QVERIFY(run.history().marks().empty());
        QCOMPARE(runStateText(run), QStringLiteral("Interrupted at step 8"));
        QVERIFY(run.canResume());

        // While another program is known to train it, it is not even tried.
        run.setFollowed(true);
        QSignalSpy refused(&run, &RunModel::refused);
        run.resumeRun();
        run.take({.last = true, .writer = "process 1 on workshop"});
        QCOMPARE(refused.count(), 1);
        QVERIFY(!run.running());
        QVERIFY(runStateText(run).startsWith(QStringLiteral("Watching")));
    }
};

HEADROOM_UI_TEST_MAIN(TestRunModel)
#include "tst_run_model.moc"
