// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_forecast_service.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/forecast_text.h"

using namespace headroom;
using namespace headroom::ui;

namespace {

/// A machine whose card cannot train.
class OldCardService final : public test::ScriptedForecastService {
public:
    explicit OldCardService(std::string reason) : reason_(std::move(reason)) { prompt = true; }
    std::string noUsableCard() const override { return reason_; }

private:
    std::string reason_;
};

QString detailWith(const std::string& reason) {
    ConfigModel config;
    ForecastModel model(std::make_unique<OldCardService>(reason), config);
    if (!QTest::qWaitFor([&] { return model.forecast() != nullptr; }))
        return {};
    return forecastText(model).detail;
}

} // namespace

class TestForecastText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void explainsWhyTheCardIsNotUsable() {
        const QString reason = QStringLiteral("GTX 1080 is too old. Use a newer card.");
        QVERIFY(detailWith(reason.toStdString()).contains("Training here uses the CPU: " + reason));
    }

    void usableCardIsNotMentioned() {
        const QString detail = detailWith({});
        QVERIFY(!detail.isEmpty());
        QVERIFY(!detail.contains("CPU:"));
    }
};

HEADROOM_UI_TEST_MAIN(TestForecastText)
#include "tst_forecast_text.moc"
