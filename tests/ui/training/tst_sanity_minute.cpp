// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/runs/run_model.h"
#include "ui/theme/theme.h"
#include "ui/training/sanity_dialog.h"
#include "ui/training/sanity_minute.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QAction>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

using namespace headroom;
using namespace headroom::ui;

namespace {

struct SanityBench {
    SanityBench() {
        auto service = std::make_unique<test::ManualOverfit>();
        overfit = service.get();
        minute = std::make_unique<SanityMinute>(std::move(service), config);
        dialog = std::make_unique<SanityDialog>(*minute);
        dialog->show();
    }
    bool shows(const QString& text) {
        return std::ranges::any_of(dialog->findChildren<QLabel*>(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(text);
        });
    }
    QPushButton& button(const QString& text) {
        for (auto* button : dialog->findChildren<QPushButton*>())
            if (button->text() == text)
                return *button;
        qFatal("no button");
    }
    OverfitResult result() const {
        return {.song = "<b>amber</b>",
                .seconds = 2,
                .device = "cpu",
                .targets = {"vocals"},
                .sdr = {3.5},
                .findings = {"The stem is silent."}};
    }

    ConfigModel config;
    test::ManualOverfit* overfit = nullptr;
    std::unique_ptr<SanityMinute> minute;
    std::unique_ptr<SanityDialog> dialog;
};

} // namespace

class TestSanityMinute : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsProgressAndVerdict() {
        SanityBench bench;
        bench.minute->setDevice("cuda:1");
        bench.minute->start();
        bench.minute->start(); // it is running
        QCOMPARE(bench.overfit->requests.size(), std::size_t(1));
        QCOMPARE(bench.overfit->requests[0].device, std::string("cuda:1"));
        QCOMPARE(bench.overfit->requests[0].seconds, 60.0);
        QCOMPARE(bench.overfit->requests[0].config, bench.config.config());
        auto* bar = bench.dialog->findChild<QProgressBar*>();
        QVERIFY(bar->isVisible() && bar->maximum() == 0);
        bench.overfit->sink(OverfitAdvanced{1, {.step = 150, .loss = 0.25, .sdr = 5.5}});
        QTRY_VERIFY(
            bench.shows(QStringLiteral("Step 150 of 300, loss 0.2500, uSDR 5.50 dB; the goal is 10 dB")));
        QVERIFY(bar->value() * 2 >= bar->maximum());
        OverfitResult result = bench.result();
        result.learned = true;
        result.findings.clear();
        bench.overfit->sink(OverfitEnded{1, result});
        QTRY_VERIFY(bench.shows(QStringLiteral("All is well")));
        QVERIFY(bench.shows(QStringLiteral("<b>amber</b>, 2.0 s from second 0.0 on, on cpu")));
        QVERIFY(bench.shows(QStringLiteral("vocals: uSDR 3.50 dB")));
        QVERIFY(!bar->isVisible());
    }

    void saysWhatIsWrong() {
        SanityBench bench;
        bench.minute->start();
        bench.overfit->sink(OverfitEnded{1, bench.result()});
        QTRY_VERIFY(bench.shows(QStringLiteral("The model has not memorized the segment")));
        QVERIFY(bench.shows(QStringLiteral("The stem is silent.")));
        bench.button(QStringLiteral("Again")).click();
        QCOMPARE(bench.overfit->requests.size(), std::size_t(2));
        bench.overfit->sink(OverfitFailed{2, Error(ErrorKind::Input, "there is no data set", "data.root")});
        QTRY_VERIFY(bench.shows(QStringLiteral("The sanity minute could not run")));
        QVERIFY(bench.shows(QStringLiteral("data.root: there is no data set")));
    }

    void stopsOnRequest() {
        SanityBench bench;
        bench.minute->start();
        QPushButton& stop = bench.button(QStringLiteral("Stop"));
        stop.click();
        QCOMPARE(bench.overfit->canceled, std::uint64_t(1));
        QVERIFY(!stop.isEnabled());
        QVERIFY(bench.shows(QStringLiteral("Stopping after this step")));
        OverfitResult result = bench.result();
        result.stopped = true;
        result.findings.clear();
        bench.overfit->sink(OverfitEnded{1, result});
        QTRY_VERIFY(bench.shows(QStringLiteral("Stopped before the model had memorized")));
        bench.button(QStringLiteral("Again")).click();
        bench.dialog->close();
        QCOMPARE(bench.overfit->canceled, std::uint64_t(2));
    }

    /// A run takes the device.
    void endsWhenARunStarts() {
        Theme theme(Theme::Mode::Dark);
        Services services = test::scriptedServices();
        auto* overfit = static_cast<test::ManualOverfit*>(services.overfit.get());
        Studio studio(std::move(services), theme);
        studio.window().show();
        const auto actions = studio.training()->findChildren<QAction*>();
        const auto action = std::ranges::find(actions, QStringLiteral("Sanity minute"), &QAction::text);
        QVERIFY(action != actions.end());
        (*action)->trigger();
        QVERIFY(studio.window().findChild<SanityDialog*>() != nullptr);
        QCOMPARE(overfit->requests.size(), std::size_t(1));
        studio.training()->run().startNew(QStringLiteral("/nowhere/run"));
        QCOMPARE(overfit->canceled, overfit->number);
        QVERIFY(!(*action)->isEnabled());
        studio.training()->run().stopAndWait();
        QTRY_VERIFY((*action)->isEnabled());
    }
};

HEADROOM_UI_TEST_MAIN(TestSanityMinute)
#include "tst_sanity_minute.moc"
