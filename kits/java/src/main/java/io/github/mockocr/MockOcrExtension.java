package io.github.mockocr;

import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that has a parameter of the type {@link MockOcr} a fresh account. When the test fails,
 * what the server refused is published as a report entry and added to the failure, each with the reason.
 */
public final class MockOcrExtension implements ParameterResolver, AfterTestExecutionCallback {
  private static final Namespace OURS = Namespace.create(MockOcrExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MockOcr.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Account account =
        context
            .getStore(OURS)
            .getOrComputeIfAbsent(Account.class, key -> new Account(MockOcr.start()), Account.class);
    return account.mock();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Account account = context.getStore(OURS).get(Account.class, Account.class);
    if (account == null || context.getExecutionException().isEmpty()) {
      return;
    }
    List<Request> refused = account.mock().refused();
    for (Request request : refused) {
      String line =
          request.vendor() + "." + request.operation() + " " + request.status() + ": " + request.why();
      context.publishReportEntry("mockocr refused", line);
      Throwable note = new Throwable("mockocr refused " + line);
      note.setStackTrace(new StackTraceElement[0]);
      context.getExecutionException().get().addSuppressed(note);
    }
  }

  private record Account(MockOcr mock) implements CloseableResource {
    @Override
    public void close() {
      mock.close();
    }
  }
}
