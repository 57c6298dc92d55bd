#include "core/engine/forecast_service.h"
#include "core/engine/run_store.h"
#include "core/engine/start_engine.h"
#include "core/engine/training_session.h"
#include "core/support/keep_freed_pages.h"
#include "core/support/version.h"
#include "ui/main_window.h"
#include "ui/studio.h"
#include "ui/theme/theme.h"

#include <QApplication>

#include <clocale>

int main(int argc, char** argv) {
    headroom::keepFreedPages();
    headroom::startEngine();
    QApplication application(argc, argv);
    // QApplication takes the user's locale, under which C parsers would want a decimal comma.
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationName(QStringLiteral("headroom-studio"));
    QApplication::setApplicationDisplayName(QStringLiteral("Headroom"));
    QApplication::setApplicationVersion(QString::fromUtf8(headroom::version()));

    headroom::ui::Theme theme;
    headroom::ui::Services services;
    services.forecast = headroom::makeForecastService();
    services.training = headroom::makeTrainingSession();
    services.runs = headroom::makeRunStore();
    headroom::ui::Studio studio(std::move(services), theme);
    studio.window().show();
    return QApplication::exec();
}
