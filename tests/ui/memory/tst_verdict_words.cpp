#include "tests/support/scripted_forecast_service.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/verdict_words.h"

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
    return verdictWords(model).detail;
}

} // namespace

class TestVerdictWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCardThatCannotTrainIsNamedWithTheRemedy() {
        const QString reason = QStringLiteral("GTX 1080 is too old. Use a newer card.");
        QVERIFY(detailWith(reason.toStdString()).contains("Training here uses the processor: " + reason));
    }

    void aCardThatCanIsNotMentioned() {
        const QString detail = detailWith({});
        QVERIFY(!detail.isEmpty());
        QVERIFY(!detail.contains("processor:"));
    }
};

HEADROOM_UI_TEST_MAIN(TestVerdictWords)
#include "tst_verdict_words.moc"
