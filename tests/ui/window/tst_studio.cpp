// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/runs/run_model.h"
#include "ui/theme/theme.h"
#include "ui/training/training_page.h"
#include "ui/training/training_plot.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

using namespace headroom;
using namespace headroom::ui;

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
        const auto shown = [&] { return training.page().plot().view().forecast; };
        QTRY_VERIFY(!studio.busy());
        QVERIFY(!shown());
        training.run().startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(shown().value_or(0) > 0);
        training.run().stop();
        QTRY_VERIFY(!shown());
    }
};

HEADROOM_UI_TEST_MAIN(TestStudio)
#include "tst_studio.moc"
