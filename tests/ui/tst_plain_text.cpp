// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/session/training_thread.h"
#include "tests/support/scripted_forecast_service.h"
#include "tests/support/scripted_listening.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/listen/listen_page.h"
#include "ui/runs/run_model.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/error_dialog.h"
#include "ui/window/listen_controller.h"
#include "ui/window/main_window.h"
#include "ui/window/runs_controller.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QMessageBox>
#include <QTextBlock>
#include <QTextDocument>
#include <QToolTip>

using namespace headroom;
using namespace headroom::ui;

namespace {

const std::string picture = "<img src=x width=300>";
const std::string heading = "<h1>HUGE<";

class HostileRuns final : public RunStore {
public:
    explicit HostileRuns(std::string folder) : folder_(std::move(folder)) {}
    void list(std::uint64_t number, std::vector<std::string>,
              std::function<void(const RunList&)> answer) override {
        RunSummary summary{.folder = folder_, .config = RunConfig{}};
        summary.state = RunState::Failed;
        summary.failure = heading + picture;
        summary.device = picture;
        summary.version = picture;
        summary.startedBy = picture;
        answer({number, {summary}});
    }
    void read(std::uint64_t number, const std::string&, std::uint64_t from,
              std::function<void(const RunPiece&)> answer) override {
        RunPiece piece{.number = number, .end = 1, .fromStart = from == 0, .last = true, .writer = writer};
        if (from == 0)
            piece.events = {
                {EventTime{}, Started{.device = picture, .totalSteps = 9, .version = picture}},
                {EventTime{}, StepDone{.step = 8, .epoch = 1, .loss = 1}},
                {EventTime{}, Notice{picture}},
                {EventTime{},
                 ValidationDone{.step = 8, .epoch = 1, .stems = {{picture, {.cSdr = 1}}}, .best = true}},
                {EventTime{}, Failed{8, "failure", heading + picture, picture}}};
        answer(piece);
    }
    void cancel(std::uint64_t) override {}
    std::string writer;

private:
    std::string folder_;
};

class HostileSongs final : public DatasetService {
public:
    void inspect(std::uint64_t number, const std::string& root, const std::vector<std::string>&,
                 std::function<void(const DatasetEvent&)> sink) override {
        FileReport file;
        file.stem = picture;
        file.encoding = picture;
        file.unreadable = heading + picture;
        sink(DatasetInspected{
            number,
            {root,
             {{picture, "train", {file}, {}}, {heading, "train", {file}, {}}},
             {{Severity::Error, "same", {"train/" + picture}, heading + picture + " is the same"}}}});
    }
    void composeDemoSongs(std::uint64_t, const std::string&,
                          std::function<void(const DatasetEvent&)>) override {}
    void cancel(std::uint64_t) override {}
};

/// Whether the text renders a picture or a heading, which no text of the window contains.
bool drawsMarkup(const QString& text) {
    QTextDocument document;
    document.setHtml(text);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() > 0)
            return true;
        for (auto part = block.begin(); !part.atEnd(); ++part)
            if (part.fragment().charFormat().isImageFormat())
                return true;
    }
    return false;
}

bool isRich(const QString& text, Qt::TextFormat format) {
    return format == Qt::RichText || (format == Qt::AutoText && Qt::mightBeRichText(text));
}

/// Finds texts of widgets that are rendered as markup although they are from outside, and the window's own
/// markup that is shown as plain text.
class Inspection {
public:
    int found = 0; ///< number of texts with a name from outside
    QStringList faults;

    void inspect(const QWidget* root) {
        for (auto* widget : root->findChildren<QWidget*>()) {
            widget->ensurePolished();
            tip(widget, widget->toolTip());
            if (const auto* label = qobject_cast<QLabel*>(widget))
                text(widget, label->text(), label->textFormat());
            if (const auto* box = qobject_cast<QComboBox*>(widget))
                items(widget, box->model());
            if (const auto* view = qobject_cast<QAbstractItemView*>(widget); view != nullptr && view->model())
                items(widget, view->model());
        }
    }

private:
    void fault(const QWidget* widget, const char* what, const QString& text) {
        faults << QStringLiteral("%1 of %2 \"%3\": %4")
                      .arg(QLatin1String(what), QLatin1String(widget->metaObject()->className()),
                           widget->accessibleName(), text);
    }
    void text(const QWidget* widget, const QString& text, Qt::TextFormat format) {
        found += text.contains(QString::fromStdString(picture)) ? 1 : 0;
        if (isRich(text, format) && drawsMarkup(text))
            fault(widget, "text", text);
        const bool hasTags = text.contains(QLatin1String("<b>")) || text.contains(QLatin1String("<br"));
        if (!isRich(text, format) && hasTags)
            fault(widget, "tags as text", text);
    }
    void tip(const QWidget* widget, const QString& text) {
        if (isRich(text, Qt::AutoText) && drawsMarkup(text))
            fault(widget, "tool tip", text);
    }
    void items(const QWidget* widget, const QAbstractItemModel* model) {
        for (int row = 0; row < model->rowCount(); ++row)
            for (int column = 0; column < model->columnCount(); ++column) {
                const QModelIndex index = model->index(row, column);
                found += index.data().toString().contains(QString::fromStdString(picture)) ? 1 : 0;
                tip(widget, index.data(Qt::ToolTipRole).toString());
            }
    }
};

/// Inspects the next dialog and closes it.
void inspectNextDialog(Inspection& inspection) {
    QTimer::singleShot(0, qApp, [&inspection] {
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        if (dialog == nullptr)
            return inspectNextDialog(inspection);
        inspection.inspect(dialog);
        dialog->reject();
    });
}

} // namespace

/// The window shows names and messages from outside verbatim, even if they contain markup.
class TestPlainText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QFile file(QDir(hostile()).filePath(QStringLiteral("config.yaml")));
        QVERIFY(QDir().mkpath(hostile()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(dumpConfig({}).c_str());
    }

    void onEveryPage() {
        Theme theme(Theme::Mode::Dark);
        Services services = hostileServices();
        auto* runs = static_cast<HostileRuns*>(services.runs.get());
        Studio studio(std::move(services), theme);
        MainWindow& window = studio.window();
        window.show();
        studio.runs()->open(hostile());
        QTRY_COMPARE(studio.training()->run().history().step(), 8);
        Q_EMIT window.dropped(hostile()); // as a data set
        studio.config().set(*findOption("data.root"), hostile().toStdString());
        for (QWidget* page : window.pages()) {
            window.showPage(page);
            QCoreApplication::processEvents();
            Inspection inspection;
            inspection.inspect(&window);
            QVERIFY2(inspection.faults.isEmpty(), qPrintable(inspection.faults.join(QLatin1Char('\n'))));
            QVERIFY2(inspection.found > 0, qPrintable(page->objectName()));
        }
        runs->writer = picture;
        QTRY_COMPARE(studio.training()->run().writer(), QString::fromStdString(picture));
        Inspection inspection;
        inspection.inspect(&window);
        QVERIFY2(inspection.faults.isEmpty(), qPrintable(inspection.faults.join(QLatin1Char('\n'))));
    }

    void inDialogs() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(hostileServices(), theme);
        studio.window().show();
        Inspection inspection;
        inspectNextDialog(inspection);
        Q_EMIT studio.training()->run().refused(QString::fromStdString(heading + picture));
        inspectNextDialog(inspection);
        ErrorDialog(QStringLiteral("Cannot"), Error(ErrorKind::Input, picture, heading, picture),
                    &studio.window())
            .exec();
        QVERIFY2(inspection.faults.isEmpty(), qPrintable(inspection.faults.join(QLatin1Char('\n'))));
        QCOMPARE(inspection.found, 3);
    }

    void inToolTips() {
        const QString name = QString::fromStdString(picture + "\n" + heading);
        QVERIFY(drawsMarkup(name));
        QVERIFY(!drawsMarkup(plainToolTip(name)));
        QTextDocument document;
        document.setHtml(plainToolTip(name));
        QCOMPARE(document.toPlainText().simplified(), name.simplified());
        QCOMPARE(plainToolTip(QStringLiteral("a < b")), QStringLiteral("a < b"));
        QCOMPARE(plainActionText(QStringLiteral("R&B")), QStringLiteral("R&&B"));
    }

private:
    QString hostile() const { return folder_.filePath(QString::fromStdString(picture)); }

    Services hostileServices() {
        auto forecast = std::make_unique<test::ScriptedForecastService>();
        forecast->prompt = true;
        auto listening = std::make_unique<test::ScriptedListening>();
        listening->names = {picture, heading};
        listening->stems = {{picture, 0.2F}, {"vocals", 0.3F}};
        listening->checkpoints = {{8, 1, true, {{picture, {.cSdr = 1}}}}};
        Services services;
        services.forecast = std::move(forecast);
        services.training = std::make_unique<TrainingThread>(
            std::make_unique<test::ScriptedLoop>(std::vector<TrainingEvent>{}));
        services.runs = std::make_unique<HostileRuns>(hostile().toStdString());
        services.listening = std::move(listening);
        services.separation = std::make_unique<test::ScriptedSeparation>();
        services.dataset = std::make_unique<HostileSongs>();
        return services;
    }

    QTemporaryDir folder_;
};

HEADROOM_UI_TEST_MAIN(TestPlainText)
#include "tst_plain_text.moc"
