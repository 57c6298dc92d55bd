#include "core/config/knob_table.h"
#include "tests/support/strict_ui_main.h"
#include "ui/accessibility/announcer.h"
#include "ui/accessibility/notification.h"
#include "ui/models/config_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/knob_panel.h"
#include "ui/widgets/knob_row.h"
#include "ui/widgets/knob_slider.h"
#include "ui/widgets/steady_label.h"

#include <QAccessible>

using namespace headroom;
using namespace headroom::ui;

namespace {

struct Said {
    QAccessible::Event event;
    QObject* object;
    QString name;
};
std::vector<Said>& heard() {
    static std::vector<Said> all;
    return all;
}

QString text(QObject& widget, QAccessible::Text which) {
    return QAccessible::queryAccessibleInterface(&widget)->text(which);
}

void listen(QAccessibleEvent* event) {
    const bool lives = event->object() != nullptr && event->type() != QAccessible::ObjectDestroyed;
    if (lives && QAccessible::queryAccessibleInterface(event->object()) != nullptr)
        heard().push_back({event->type(), event->object(), text(*event->object(), QAccessible::Name)});
}

template <typename Label, typename Say>
void readsCaptionAndText(Label& label, const Say& say) {
    label.setAccessibleName(QStringLiteral("Loss"));
    QCOMPARE(text(label, QAccessible::Name), QStringLiteral("Loss"));
    say(QStringLiteral("0.0421"));
    QCOMPARE(text(label, QAccessible::Name), QStringLiteral("Loss: 0.0421"));
    heard().clear();
    say(QStringLiteral("0.0400"));
    const auto found = std::ranges::find_if(heard(), [&](const Said& said) {
        return said.event == QAccessible::NameChanged && said.object == &label;
    });
    QVERIFY(found != heard().end());
    QCOMPARE(found->name, QStringLiteral("Loss: 0.0400"));
}

} // namespace

class TestAccessibleValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QAccessible::setActive(true);
        QAccessible::installUpdateHandler(listen);
    }
    void cleanupTestCase() { QAccessible::installUpdateHandler(nullptr); }

    void labelsSayWhatTheyAreAndWhatTheyShow() {
        const Theme theme(Theme::Mode::Dark);
        SteadyLabel steady;
        readsCaptionAndText(steady, [&](const QString& words) { steady.say(words); });
        ElidedLabel elided;
        readsCaptionAndText(elided, [&](const QString& words) { elided.setText(words); });
        SteadyLabel plain;
        plain.say(QStringLiteral("Training"));
        QCOMPARE(text(plain, QAccessible::Name), QStringLiteral("Training"));
    }

    /// For all of them, before any forecast: the value, not how many stops come before it.
    void slidersHaveTheNumberAsTheirValue() {
        Theme theme(Theme::Mode::Dark);
        ConfigModel model;
        KnobPanel panel(model, theme);
        int sliders = 0;
        for (KnobRow* row : panel.rows()) {
            auto* slider = row->findChild<KnobSlider*>();
            if (slider == nullptr)
                continue;
            ++sliders;
            auto* value = QAccessible::queryAccessibleInterface(slider)->valueInterface();
            const double number = slider->stops()[static_cast<std::size_t>(slider->value())];
            QCOMPARE(value->currentValue().toDouble(), number);
            QVERIFY2(slider->accessibleDescription().startsWith(slider->valueText()),
                     row->knob().key.c_str());
            QCOMPARE(text(*slider, QAccessible::Value), slider->valueText());
            QVERIFY(value->minimumValue().toDouble() <= number && number <= value->maximumValue().toDouble());
        }
        QVERIFY(sliders > 20);
    }

    void slidersFollowTheSetting() {
        Theme theme(Theme::Mode::Dark);
        ConfigModel model;
        KnobPanel panel(model, theme);
        const auto row = std::ranges::find_if(
            panel.rows(), [](KnobRow* each) { return each->knob().key == "training.learning_rate"; });
        auto& slider = *(*row)->findChild<KnobSlider*>();
        model.set((*row)->knob(), 1e-3);
        QCOMPARE(slider.accessibleDescription(), QStringLiteral("0.001"));
        auto* value = QAccessible::queryAccessibleInterface(&slider)->valueInterface();
        value->setCurrentValue(2e-4);
        QCOMPARE(model.config().training.learningRate, 2e-4);
        QCOMPARE(slider.accessibleDescription(), QStringLiteral("0.0002"));
    }

    void announcementsAppearAsNotifications() {
        const Theme theme(Theme::Mode::Dark);
        QWidget window;
        QWidget part(&window);
        window.show();
        heard().clear();
        announce(part, QStringLiteral("Fits: 6.2 of 8.0 GiB"));
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
        auto* notification = window.findChild<Notification*>();
        QVERIFY(notification != nullptr);
        QCOMPARE(QAccessible::queryAccessibleInterface(notification)->role(), QAccessible::Notification);
        QVERIFY(std::ranges::any_of(heard(), [&](const Said& said) {
            return said.event == QAccessible::ObjectShow &&
                   said.name == QStringLiteral("Fits: 6.2 of 8.0 GiB");
        }));
        announce(part, QStringLiteral("Tight"));
        QCOMPARE(window.findChildren<Notification*>().size(), 1);
#else
        QVERIFY(std::ranges::any_of(heard(), [&](const Said& said) {
            return said.event == QAccessible::Announcement && said.object == &part;
        }));
#endif
    }
};

HEADROOM_UI_TEST_MAIN(TestAccessibleValues)
#include "tst_accessible_values.moc"
