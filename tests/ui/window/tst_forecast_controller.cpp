// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/event_count.h"
#include "tests/support/scripted_forecast_service.h"
#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/accessibility/notification.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/option_row.h"
#include "ui/configuration/option_slider.h"
#include "ui/memory/headroom_bar.h"
#include "ui/runs/run_model.h"
#include "ui/text/memory_text.h"
#include "ui/theme/theme.h"
#include "ui/window/forecast_controller.h"
#include "ui/window/main_window.h"

#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace headroom;
using namespace headroom::ui;
using headroom::test::ScriptedForecastService;

namespace {

const Option& layers() {
    return *findOption("model.num_layers");
}

struct Fixture {
    Theme theme{Theme::Mode::Dark};
    ConfigModel config;
    MainWindow window;
    OptionPanel* options = new OptionPanel(config, theme);
    ScriptedForecastService* service = nullptr;
    std::unique_ptr<ForecastController> controller;

    explicit Fixture(bool prompt = false) {
        auto scripted = std::make_unique<ScriptedForecastService>();
        scripted->prompt = prompt;
        service = scripted.get();
        window.setConfigurationPanel(options);
        controller = std::make_unique<ForecastController>(std::move(scripted), nullptr, config, *options,
                                                          window, theme);
        window.show();
    }

    ForecastModel& forecast() { return controller->forecast(); }
    HeadroomBar& bar() { return *window.findChild<HeadroomBar*>(); }
    const QLabel* labelNamed(const char* name) {
        for (const auto* label : bar().findChildren<QLabel*>())
            if (label->accessibleName() == QLatin1String(name))
                return label;
        return nullptr;
    }
    QString headline() { return labelNamed("Verdict")->text(); }
    QString time() { return labelNamed("Time")->text(); }
    OptionSlider& slider(const char* key) {
        for (const OptionRow* row : options->rows())
            if (row->option().key == key)
                return *row->findChild<OptionSlider*>();
        qFatal("no row");
    }
    QPushButton& choice(const char* value) {
        for (auto* button : options->findChildren<QPushButton*>())
            if (button->accessibleName().endsWith(QLatin1String(value)))
                return *button;
        qFatal("no choice");
    }
    /// Whether a figure such as "bf16 5.1 GiB" matches the headroom bar.
    bool matchesBar(const QString& figure) {
        return figure.endsWith(bytesText(forecast().forecast()->deviceTotal));
    }
    QPushButton* offer() {
        for (auto* button : bar().findChildren<QPushButton*>())
            if (button->isVisible())
                return button;
        return nullptr;
    }
};

void process() {
    QCoreApplication::processEvents();
}

} // namespace

class TestForecastController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theForecastFollowsADraggedSlider() {
        Fixture f;
        f.service->answerRequest();
        process();
        const QString before = f.headline();
        OptionSlider& slider = f.slider("model.num_layers");
        slider.setSliderDown(true);
        slider.setSliderPosition(8);
        slider.setSliderPosition(9);
        QCOMPARE(f.service->requests.size(), std::size_t{2});
        // The first answer is outdated, but newer than what is shown.
        f.service->answerRequest();
        process();
        QVERIFY(f.headline() != before);
        QVERIFY(f.forecast().updating());
        const QString between = f.headline();
        f.service->answerRequest();
        process();
        QVERIFY(f.headline() != between);
        QVERIFY(!f.forecast().updating());
    }

    void dropsAnswersOlderThanTheLast() {
        Fixture f;
        f.service->answerRequest();
        f.config.set(layers(), std::int64_t{12});
        f.config.set(layers(), std::int64_t{2});
        auto late = f.service->requests.front();
        f.service->requests.pop_front();
        f.service->answerRequest();
        process();
        const QString newest = f.headline();
        late.second(test::fakeForecast(late.first));
        process();
        QCOMPARE(f.headline(), newest);
    }

    void explainsAnInvalidModel() {
        Fixture f;
        f.service->refuseRequest("model.hidden_dim 8 is no multiple");
        process();
        QCOMPARE(f.headline(), QStringLiteral("Invalid model"));
        QVERIFY(f.forecast().problem().contains(QStringLiteral("hidden_dim")));
        f.config.set(layers(), std::int64_t{5});
        f.service->answerRequest();
        process();
        QVERIFY(f.headline().contains(QStringLiteral("GiB")));
    }

    void aNewForecastCausesNoLayout() {
        Fixture f;
        f.service->answerRequest();
        process();
        f.config.set(layers(), std::int64_t{7});
        f.service->answerRequest();
        process();
        const int height = f.bar().sizeHint().height();
        const QString before = f.headline();
        f.config.set(layers(), std::int64_t{8});
        process();
        test::EventCount requests(f.window, QEvent::LayoutRequest);
        f.service->answerRequest();
        process();
        QVERIFY(f.headline() != before);
        QCOMPARE(requests.count, 0);
        // A drag may pass over values for which there is no model.
        f.config.set(layers(), std::int64_t{9});
        f.service->refuseRequest("no such thing");
        process();
        QCOMPARE(f.bar().sizeHint().height(), height);
    }

    void assumesACardOfTheListWithoutOneInTheMachine() {
        Fixture f(true);
        process();
        QCOMPARE(QString::fromStdString(f.forecast().card().name), QStringLiteral("RTX 4060"));
        QVERIFY(f.headline().startsWith(QStringLiteral("Wouldn't fit")));
        auto& card = *f.bar().findChild<QComboBox*>();
        card.setCurrentIndex(0);
        Q_EMIT card.activated(0);
        process();
        QVERIFY(f.forecast().isCpuChosen());
        QVERIFY(f.headline().contains(QStringLiteral("24.0 GiB")));
        QCOMPARE(f.forecast().others(), std::int64_t{0});
    }

    /// In the value that screen readers get, on all pages.
    void showsTheTimeBesideTheVerdict() {
        Fixture f(true);
        process();
        f.forecast().setCard(2);
        QTRY_VERIFY(f.time().startsWith(QStringLiteral("about ")));
        QVERIFY(f.time().endsWith(QStringLiteral(" an epoch, not measured")));
        f.bar().setCompact(true);
        process();
        QVERIFY(f.labelNamed("Time")->isVisible());
        f.forecast().setCard(0); // a CPU without calibration
        QTRY_COMPARE(f.time(), QStringLiteral("time unknown"));
        QVERIFY(f.labelNamed("Time")->toolTip().contains(QStringLiteral("headroom calibrate")));
    }

    void appliesTheCheapestFitAsOneCommand() {
        Fixture f(true);
        Fit fit;
        fit.config = f.config.config();
        fit.config.training.batchSize = 1;
        fit.changes = {{"training.batch_size", "5", "1"}};
        fit.relativeStepTime = 1.02;
        f.service->fits = {fit};
        QSignalSpy found(&f.forecast(), &ForecastModel::fitsChanged);
        QVERIFY(found.wait());
        QPushButton* offer = f.offer();
        QVERIFY(offer != nullptr);
        QVERIFY(offer->accessibleName().contains(QStringLiteral("Batch size 1")));
        QVERIFY(offer->accessibleName().contains(QStringLiteral("time unknown, 2 % slower")));
        f.service->fits.clear();
        offer->click();
        QCOMPARE(f.config.config().training.batchSize, 1);
        QVERIFY(f.offer() == nullptr);
        f.config.history().undo();
        QCOMPARE(f.config.config().training.batchSize, 5);
    }

    void slidersShowWhereTheConfigurationFits() {
        Fixture f(true);
        f.forecast().setCard(2);
        OptionSlider& slider = f.slider("model.num_layers");
        QTRY_VERIFY(slider.accessibleDescription().contains(QStringLiteral("does not fit")));
        slider.setValue(0);
        QTRY_VERIFY(slider.accessibleDescription().startsWith(QStringLiteral("1 layers")) &&
                    slider.accessibleDescription().contains(QStringLiteral(" fits, about ")));
        QVERIFY(slider.accessibleDescription().endsWith(QStringLiteral(" an epoch")));
    }

    /// After a change, the current choice matches the bar and all others are stale.
    void marksFiguresOfThePreviousConfigurationAsStale() {
        Fixture f;
        f.service->answerRequest();
        QTRY_VERIFY(!f.service->surveyed.empty());
        for (int round = 0; round < 12; ++round) {
            while (!f.service->surveyed.empty())
                f.service->answerSurvey();
            process();
        }
        QPushButton& chosen = f.choice("bf16");
        QPushButton& other = f.choice("fp32");
        QVERIFY(!other.property("stale").toBool());
        QVERIFY(other.text().contains(QStringLiteral("GiB")));
        QVERIFY(f.matchesBar(chosen.text()));

        f.config.set(*findOption("training.batch_size"), std::int64_t{2});
        QVERIFY(other.property("stale").toBool());
        QVERIFY(!chosen.property("stale").toBool());
        QVERIFY(f.matchesBar(chosen.text()));
        const QString before = chosen.text();
        f.service->answerRequest();
        process();
        QVERIFY(chosen.text() != before);
        QVERIFY(f.matchesBar(chosen.text()));
        QVERIFY(other.property("stale").toBool());
        QCOMPARE(other.accessibleDescription(), QStringLiteral("updating"));

        QTRY_VERIFY(!f.service->surveyed.empty());
        while (!f.service->surveyed.empty())
            f.service->answerSurvey();
        process();
        QVERIFY(!other.property("stale").toBool());
    }

    void anotherCardMakesAllFiguresStale() {
        Fixture f(true);
        QPushButton& other = f.choice("fp32");
        QTRY_VERIFY(other.text().contains(QStringLiteral("GiB")));
        QTRY_VERIFY(!other.property("stale").toBool());
        f.service->prompt = false;
        f.forecast().setCard(2);
        QVERIFY(other.property("stale").toBool());
    }

    void forecastsForTheDeviceOfARunInProgress() {
        Fixture f(true);
        QCOMPARE(QString::fromStdString(f.forecast().card().name), QStringLiteral("RTX 4060"));
        f.forecast().setRunDevice("cpu");
        QVERIFY(f.forecast().isCpuChosen());
        QTRY_VERIFY(!f.headline().startsWith(QStringLiteral("Would"))); // the CPU is part of this machine
        QVERIFY(!f.bar().findChild<QComboBox*>()->isEnabled());
        f.forecast().setRunDevice("cuda:7"); // no card of this machine
        QCOMPARE(QString::fromStdString(f.forecast().card().name), QStringLiteral("RTX 4060"));
        f.forecast().setRunDevice("");
        QCOMPARE(QString::fromStdString(f.forecast().card().name), QStringLiteral("RTX 4060"));
        QVERIFY(f.bar().findChild<QComboBox*>()->isEnabled());
    }

    void theCardIsThatOfTheRun() {
        Fixture f(true);
        RunModel run(test::longTraining("cpu"), f.config);
        f.controller->followRun(run);
        run.startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(f.forecast().isCpuChosen());
        run.stop();
        QTRY_COMPARE(QString::fromStdString(f.forecast().card().name), QStringLiteral("RTX 4060"));
    }

    /// Qt 6.8 and later send announcements to active screen readers only, where no test can see them.
    void aChangedVerdictIsAnnounced() {
        if (QT_VERSION >= QT_VERSION_CHECK(6, 8, 0))
            QSKIP("needs Qt before 6.8");
        Fixture f(true);
        f.config.set(*findOption("training.batch_size"), std::int64_t{1});
        process();
        const auto announced = [&] { return Notification::in(f.window).accessibleName(); };
        QVERIFY(f.headline().startsWith(QStringLiteral("Wouldn't fit")));
        QCOMPARE(announced(), QString());
        f.config.set(layers(), std::int64_t{1});
        process();
        QVERIFY2(!f.headline().startsWith(QStringLiteral("Wouldn't fit")), qPrintable(f.headline()));
        const QString first = f.headline();
        QVERIFY2(announced().startsWith(first + QStringLiteral(", ")), qPrintable(announced()));
        f.config.set(*findOption("training.precision"), std::string("fp32")); // the same verdict
        process();
        QVERIFY(f.headline() != first);
        QVERIFY(announced().startsWith(first));
    }

    void offersATightFitOnlyAsAlternative() {
        Fixture f(true);
        const auto fit = [&f](const char* value, Verdict verdict) {
            Fit result;
            result.config = f.config.config();
            result.changes = {{"training.batch_size", "5", value}};
            result.forecast.verdict = verdict;
            return result;
        };
        f.service->fits = {fit("4", Verdict::Tight), fit("1", Verdict::Fits)};
        QSignalSpy found(&f.forecast(), &ForecastModel::fitsChanged);
        QVERIFY(found.wait());
        QVERIFY(f.offer()->accessibleName().contains(QStringLiteral("Batch size 1")));
        const auto* menu = f.bar().findChild<QToolButton*>()->menu();
        QCOMPARE(menu->actions().size(), 1);
        QVERIFY(menu->actions().front()->text().endsWith(QStringLiteral("tight")));
    }

    /// The rows must not move under the pointer during a drag.
    void theLayoutDoesNotChangeWithTheOptions() {
        Fixture f(true);
        QTRY_VERIFY(f.choice("fp32").text().contains(QStringLiteral("GiB")));
        process();
        const QSize dock = f.options->minimumSizeHint();
        const QSize bar = f.bar().minimumSizeHint();
        for (const char* key :
             {"training.batch_size", "audio.segment_length", "model.hidden_dim", "model.num_layers",
              "model.num_subbands", "training.learning_rate", "training.num_workers"}) {
            OptionSlider& slider = f.slider(key);
            for (const int stop :
                 {slider.minimum(), (slider.minimum() + slider.maximum()) / 2, slider.maximum()}) {
                slider.setValue(stop);
                process();
                QCOMPARE(f.options->minimumSizeHint(), dock);
                QCOMPARE(f.bar().minimumSizeHint().height(), bar.height());
            }
        }
    }

    void changingAnOptionKeepsItsOwnZones() {
        Fixture f;
        f.service->answerRequest();
        QTRY_VERIFY(!f.service->surveyed.empty());
        const auto isSurveyed = [&f](int layerCount) {
            return std::any_of(f.service->surveyed.begin(), f.service->surveyed.end(), [&](const auto& each) {
                return each.first.config.model.numLayers == layerCount &&
                       each.first.config.training.batchSize == 5;
            });
        };
        QVERIFY(isSurveyed(24));
        for (int round = 0; round < 12; ++round) {
            while (!f.service->surveyed.empty())
                f.service->answerSurvey();
            process();
        }
        f.config.set(layers(), std::int64_t{3});
        QTRY_VERIFY(!f.service->surveyed.empty());
        QVERIFY(!isSurveyed(24));
    }
};

HEADROOM_UI_TEST_MAIN(TestForecastController)
#include "tst_forecast_controller.moc"
