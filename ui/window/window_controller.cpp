#include "ui/window/window_controller.h"

#include "ui/configuration/preferences.h"
#include "ui/memory/forecast_model.h"
#include "ui/theme/theme.h"
#include "ui/window/help_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/preferences_dialog.h"

#include <QAction>
#include <QCoreApplication>
#include <QMessageBox>

namespace headroom::ui {

WindowController::WindowController(MainWindow& window, Theme& theme, ForecastModel* forecast)
    : window_(window), theme_(theme), forecast_(forecast) {
    addViewActions();
    addHelpActions();
    recall();
    if (forecast_ != nullptr)
        connect(forecast_, &ForecastModel::cardChanged, this, [this] {
            const auto chosen = static_cast<std::size_t>(forecast_->chosenCard());
            preferences::setCard(QString::fromStdString(forecast_->cards()[chosen].name));
        });
}

WindowController::~WindowController() {
    preferences::setWindow(window_.saveGeometry(), window_.saveState());
}

void WindowController::addViewActions() {
    auto* full = new QAction(tr("&Full screen"), this);
    full->setCheckable(true);
    full->setShortcut(Qt::Key_F11);
    connect(full, &QAction::triggered, this,
            [this](bool on) { on ? window_.showFullScreen() : window_.showNormal(); });
    window_.addAction(MainWindow::Menu::View, full);
    auto* preferences = new QAction(tr("&Preferences..."), this);
    preferences->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    connect(preferences, &QAction::triggered, this,
            [this] { PreferencesDialog(theme_, forecast_, &window_).exec(); });
    window_.addAction(MainWindow::Menu::Edit, preferences);
    auto* quit = new QAction(tr("&Quit"), this);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(quit, &QAction::triggered, &window_, &QWidget::close);
    window_.addAction(MainWindow::Menu::File, quit);
}

void WindowController::addHelpActions() {
    auto* help = new QAction(tr("&Manual"), this);
    help->setShortcut(Qt::Key_F1);
    connect(help, &QAction::triggered, this, [this] { (new HelpDialog(&window_))->show(); });
    window_.addAction(MainWindow::Menu::Help, help);
    auto* about = new QAction(tr("&About Headroom"), this);
    connect(about, &QAction::triggered, this, [this] {
        QMessageBox::about(
            &window_, tr("About Headroom"),
            tr("Headroom %1\nTrains music separation on the card that you have.\nGPL-3.0-or-later")
                .arg(QCoreApplication::applicationVersion()));
    });
    window_.addAction(MainWindow::Menu::Help, about);
}

void WindowController::recall() {
    window_.restoreGeometry(preferences::windowGeometry());
    window_.restoreArrangement(preferences::windowState());
    for (QWidget* page : window_.pages())
        if (const auto open = preferences::settingsOpen(page->objectName()))
            window_.setSettingsOpen(page->objectName(), *open);
    connect(&window_, &MainWindow::settingsToggled, this,
            [](QWidget* page, bool open) { preferences::setSettingsOpen(page->objectName(), open); });
    if (forecast_ == nullptr)
        return;
    if (const auto others = preferences::assumedOthers())
        forecast_->assumeOthers(*others);
    const std::string name = preferences::card().toStdString();
    const auto& cards = forecast_->cards();
    for (std::size_t i = 0; i < cards.size(); ++i)
        if (cards[i].name == name)
            return forecast_->setCard(static_cast<int>(i));
}

} // namespace headroom::ui
