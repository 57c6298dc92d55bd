#include "tests/support/event_count.h"
#include "tests/support/strict_ui_main.h"
#include "ui/accessibility/shown_text.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_label.h"

#include <QHBoxLayout>

using namespace headroom::ui;
using headroom::test::EventCount;

namespace {

/// A label in a row that is laid out.
template <typename Label>
struct Row {
    QWidget window;
    Label* label = new Label;

    Row() {
        auto* row = new QHBoxLayout(&window);
        row->addWidget(label);
        row->addStretch(1);
        window.resize(600, 60);
        window.show();
        QCoreApplication::sendPostedEvents();
    }

    /// How often it has the window laid out.
    template <typename Change>
    int layouts(Change change) {
        EventCount requests(window, QEvent::LayoutRequest);
        change(*label);
        QCoreApplication::sendPostedEvents();
        return requests.count;
    }
};

} // namespace

class TestSteadyLabel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksForRoomOnlyForMoreThanEver() {
        Row<SteadyLabel> row;
        const auto say = [&row](const QString& text) {
            return row.layouts([&text](SteadyLabel& label) { label.say(text); });
        };
        QVERIFY(say(QStringLiteral("Step 1000")) > 0);
        QCOMPARE(say(QStringLiteral("Step 1")), 0);
        QCOMPARE(row.label->text(), QStringLiteral("Step 1"));
        const int width = row.label->width();
        QVERIFY(say(QStringLiteral("Step 1000000")) > 0);
        QVERIFY(row.label->width() > width);
        QVERIFY(row.label->width() >= row.label->sizeHint().width());
    }

    void forgetsWhatAnotherFontNeeded() {
        Row<SteadyLabel> row;
        row.label->say(QStringLiteral("Does not fit"));
        const int width = row.label->minimumWidth();
        QFont small = row.label->font();
        small.setPointSizeF(small.pointSizeF() / 2);
        row.label->setFont(small);
        QVERIFY(row.label->minimumWidth() < width);
    }

    void aLineThatIsCutNeverAsks() {
        Row<ElidedLabel> row;
        for (const auto* text :
             {"a", "a line that is longer than all the room that it has got in its window, "
                   "which is not all that wide, and ends with dots"})
            QCOMPARE(row.layouts([text](ElidedLabel& label) { label.setText(QString::fromLatin1(text)); }),
                     0);
        QVERIFY(ShownText<ElidedLabel>(row.label).text(QAccessible::Name).endsWith(QStringLiteral("dots")));
    }
};

HEADROOM_UI_TEST_MAIN(TestSteadyLabel)
#include "tst_steady_label.moc"
