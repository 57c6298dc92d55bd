// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/rank_box.h"
#include "ui/runs/run_model.h"
#include "ui/theme/theme.h"
#include "ui/training/run_progress_bar.h"
#include "ui/training/training_page.h"
#include "ui/training/training_plot.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QLabel>

#include <algorithm>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// Records the request and ends.
class RequestLoop final : public TrainingLoop {
public:
    RunEnd run(const TrainingRequest& request, RunControl&, const EventSink& sink) override {
        *requested = request;
        sink(Started{});
        return Finished{};
    }

    std::shared_ptr<TrainingRequest> requested = std::make_shared<TrainingRequest>();
};

} // namespace

class TestStudio : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// In the memory chart. Before the run, the forecast is for a card that is not in this machine.
    void aRunShowsTheForecastForItsDevice() {
        Theme theme(Theme::Mode::Dark);
        Services services = test::scriptedServices();
        services.training = test::longTraining("cpu");
        Studio studio(std::move(services), theme);
        TrainingController& training = *studio.training();
        const auto shown = [&] { return training.page().findChild<TrainingPlot*>()->view().forecast; };
        QTRY_VERIFY(!studio.busy());
        QVERIFY(!shown());
        training.run().startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(shown().value_or(0) > 0);
        training.run().stop();
        QTRY_VERIFY(!shown());
    }

    /// The number of ranks in the tool bar is that of the forecast and of the next run.
    void startsTheChosenRanks() {
        Theme theme(Theme::Mode::Dark);
        Services services = test::scriptedServices();
        auto forecast = std::make_unique<test::ScriptedForecastService>();
        test::ScriptedForecastService& forecasts = *forecast;
        services.forecast = std::move(forecast);
        auto loop = std::make_unique<RequestLoop>();
        const auto requested = loop->requested;
        services.training = std::make_unique<TrainingThread>(std::move(loop));
        Studio studio(std::move(services), theme);
        studio.window().show();
        auto* box = studio.window().findChild<RankBox*>();
        QVERIFY(box->isVisible());
        QCOMPARE(forecasts.requests.back().first.ranks, 1);
        box->setValue(3);
        QCOMPARE(forecasts.requests.back().first.ranks, 3);
        RunModel& run = studio.training()->run();
        run.startNew(QStringLiteral("/nowhere/run"));
        QTRY_COMPARE(run.state(), RunActivity::Ended);
        QCOMPARE(requested->startRanks, 3);
        QCOMPARE(requested->device, std::string("auto")); // the chosen card is not in this machine
    }

    /// On the smallest window, with all actions.
    void theToolBarHasSpaceForRanksAndProgress() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(test::scriptedServices(), theme);
        studio.window().resize(1280, 720);
        studio.window().show();
        RunModel& run = studio.training()->run();
        run.startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(run.history().step() > 0);
        run.stop();
        QTRY_COMPARE(run.state(), RunActivity::Ended);
        QVERIFY(studio.window().findChild<RankBox*>()->isVisible());
        QTRY_VERIFY(studio.window().findChild<RunProgressBar*>()->isVisible());
    }

    void showsTheFactorsOfTheEffectiveBatch() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(test::scriptedServices(), theme);
        studio.config().lockEffectiveBatch(false);
        studio.config().set(*findOption("training.batch_size"), std::int64_t{4});
        studio.config().set(*findOption("training.gradient_accumulation_steps"), std::int64_t{6});
        auto* box = studio.window().findChild<RankBox*>();
        QVERIFY(hasLabel(studio, "Effective batch <b>24</b> = 4 × 6"));
        box->setValue(3);
        QVERIFY(hasLabel(studio, "Effective batch <b>24</b> = 4 × 2 × 3 ranks"));
        box->setValue(4); // they cannot share 6 steps
        QVERIFY(hasLabel(studio, "Effective batch <b>24</b> = 4 × 6"));
    }

private:
    static bool hasLabel(Studio& studio, const char* text) {
        const auto labels = studio.window().findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [text](const QLabel* label) { return label->text() == QString::fromUtf8(text); });
    }
};

HEADROOM_UI_TEST_MAIN(TestStudio)
#include "tst_studio.moc"
